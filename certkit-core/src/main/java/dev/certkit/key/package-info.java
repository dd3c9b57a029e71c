/**
 * Keys: the kinds that are made, what signs with them, and the secrets that protect them.
 *
 * <p><b>Why</b>: the largest speed decision on a device is the key type, the second is the provider. On Java 17 the JDK
 * signs with P-256 six times slower than Bouncy Castle and verifies thirteen times slower, while RSA is equal. So
 * {@link dev.certkit.key.CryptoProviders} decides per key, hands provider instances over, and registers nothing: a
 * library must not change what the rest of the process gets from {@code getInstance}.
 */
@NullMarked
package dev.certkit.key;

import org.jspecify.annotations.NullMarked;
