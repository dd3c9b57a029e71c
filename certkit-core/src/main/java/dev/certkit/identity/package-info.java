/**
 * A key on its way to a certificate, and there: request, pending key, chain, certified key.
 *
 * <p><b>Why</b>: a key that does not belong to its certificate is found on the day of an outage. So each type here proves
 * the match when it is made: a {@link dev.certkit.identity.CertificateChain} has every link verified, a
 * {@link dev.certkit.identity.CertifiedKey} has signed with its key and verified with its certificate. A request that
 * was decoded has proved the possession of its key over the bytes that came in, since a parser that encodes again
 * answers wrongly for requests whose attributes are in another order.
 */
@NullMarked
package dev.certkit.identity;

import org.jspecify.annotations.NullMarked;
