/**
 * TLS contexts that trust chosen anchors, present a certified key, and follow that key when it is renewed.
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
 * <p>Endpoint identification is set on everything that can be a client. A server of the JDK refuses every client
 * certificate under that setting, so it is switched off while a client's certificate is looked at.
 */
@NullMarked
package dev.certkit.tls;

import org.jspecify.annotations.NullMarked;
