/**
 * TLS contexts that ask a policy whom to trust, present certified keys, and follow both when they change.
 *
 * <p><b>Why</b>: the usual hot reload swaps the key manager inside one context. On Java 17 a client that resumes its session
 * then goes on with the old certificate, under TLS 1.2 and 1.3, because the session travels in a ticket that the server
 * cannot take back. So a renewal swaps the whole real context: its ticket keys are new, an old ticket means nothing to it,
 * and every next handshake is a full one with the new key. It is swapped once per change and never per connection, because
 * a fresh context per connection would cost each resumption.
 *
 * <p>{@link dev.certkit.tls.TlsContext} hands out one ordinary {@link javax.net.ssl.SSLContext} that stands before the real
 * ones. A server socket of the JDK keeps the context that it was made with, so ours accepts plain connections and wraps
 * each with the context of that moment.
 *
 * <p>A changed key is tried in a handshake in memory before it is used: what cannot serve is refused with a warning, and
 * the last good key stays. A key whose certificate is not yet valid, or no longer, does not replace one that is valid.
 *
 * <p>What is trusted is decided by a {@link dev.certkit.trust.TrustPolicy} alone, in each full handshake. A resumed one asks
 * nobody; so a change of the policy, which its token tells, swaps the context as a renewal does, and sessions of the old one
 * are taken from sockets that were made before. The same happens when a certificate that was trusted expires: a session
 * lasts up to a day, and Java does not look at its certificates again. A socket that was made before a change and connects
 * after it without anybody having used the context in between may still resume.
 *
 * <p>Endpoint identification is set on everything that can be a client. Names are checked by {@link
 * dev.certkit.trust.HostNamePolicy} where that setting asks for it or where the policy does so itself; what a desk accepted
 * under another name is reached, because the policy that defers to it has names for its business. A client's certificate
 * is judged without a host, whatever the setting says.
 *
 * <p>Of several keys, the one for the name asked for is presented, and a session is resumed under its own name only (RFC 6066,
 * section 3), for which servers are given a matcher that takes every name. From Java 25 on, a ticket is taken back only where
 * the default key or its pair was presented; other clients shake hands in full. Java's own client finds its sessions by host
 * and port: who sends different names to one of them, by hand, is to use a context for each.
 *
 * <p><b>Where managers are restricted</b>: real contexts are made by the default provider's {@code SSLContext} "TLS", with one
 * key manager and one extended trust manager that never change; keys that can be encoded are read by the platform's own
 * {@code KeyFactory}. No provider is registered or named, so a JVM whose security properties list validated providers
 * only does its handshakes with those; signatures of presented chains are checked by the providers of the policy ({@link
 * dev.certkit.trust.PkixPolicy#using}). {@code jdk.tls.disabledAlgorithms} holds for handshakes; {@code
 * jdk.certpath.disabledAlgorithms} is not asked, since the policy has rules of its own. A JVM that takes managers from its
 * own factories only, as SunJSSE did in its FIPS mode before Java 13, cannot use this package.
 */
@NullMarked
package dev.certkit.tls;

import org.jspecify.annotations.NullMarked;
