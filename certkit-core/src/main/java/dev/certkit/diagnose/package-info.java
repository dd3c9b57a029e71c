/**
 * Says why TLS with a server does not work, or what is wrong with certificates at hand, in words that a person can act on.
 *
 * <p>{@link dev.certkit.diagnose.Diagnosis} begins one; its report is a value with every
 * {@link dev.certkit.diagnose.Finding}, and a text.
 *
 * <h2>Why</h2>
 *
 * <p><b>Two readers look at a server.</b> One is the JDK's engine, which shows what this Java really negotiates; it trusts
 * nobody and everybody, records the chain, and never carries data. It fails where a diagnosis is needed most: with servers of
 * old protocols, broken certificates or no common cipher suite. So there is a second one that only says hello, in each version
 * from SSL 3.0 to TLS 1.3, and reads what comes back in clear: version, cipher suite, alert, and up to TLS 1.2 the certificates
 * as they are, octet by octet.
 *
 * <p><b>A hostile server gains nothing.</b> One deadline stands over everything, the lookup of the name included; every
 * connection has a budget of octets; a TLS record, a handshake message and a line of text have their largest size; strangers'
 * text is escaped and cut.
 *
 * <p><b>The policy decides about trust.</b> A diagnosis reports each of its reasons, and beside it what no policy can know: how
 * the chain was arranged, and what it should be.
 */
@NullMarked
package dev.certkit.diagnose;

import org.jspecify.annotations.NullMarked;
