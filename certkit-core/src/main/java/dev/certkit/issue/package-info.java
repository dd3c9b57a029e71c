/**
 * Getting a certificate from an authority, whoever that is: SCEP, one's own, or a caller's.
 *
 * <p><b>Why</b>: an answer of an authority is no exception: issued, pending and refused are all expected, and a caller
 * has to say what happens in each. Issuing is idempotent by serial number: whoever repeats an order with the serial
 * number that was kept before gets the certificate that was made before, so that a lost answer costs nothing. What is
 * signed is recorded in the storage before it is given away.
 *
 * <p>Whoever asks is told what rule the request is against before anything is used up, which is why deciding
 * ({@code objection}) and signing are apart. Names are judged as the most suspicious program reads them: a common name is
 * a host where no other is given. Revocations of an authority stand in 256 records, each with a count of its changes:
 * a list of a hundred thousand is 256 reads, and a delta knows by the counts, not by clocks, what its base has not seen.
 * A CRL takes its number in one write with what it has seen, so that a higher number never knows less.
 */
@NullMarked
package dev.certkit.issue;

import org.jspecify.annotations.NullMarked;
