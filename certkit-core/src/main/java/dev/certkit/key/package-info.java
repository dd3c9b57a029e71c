/**
 * Keys: the kinds that are made, what signs with them, and the secrets that protect them.
 *
 * <p><b>Why</b>: the largest speed decision on a device is the key type, the second is the provider. On Java 17 the JDK
 * signs with P-256 six times slower than Bouncy Castle and verifies thirteen times slower, while RSA is equal. So
 * {@link dev.certkit.key.CryptoProviders} decides per key, hands provider instances over, and registers nothing: a
 * library must not change what the rest of the process gets from {@code getInstance}.
 *
 * <p>ML-DSA keys are Bouncy Castle's on every Java: they keep the seed, which some programs need and none computes again,
 * while a key of the JDK has lost it. For other providers the form is converted.
 *
 * <p>A key of a {@link dev.certkit.key.Pkcs11Token} carries its provider with it, so that nobody has to say for each
 * signature where the key lives, and no provider of a token is registered. Only the JDK's TLS cannot be told; for it there
 * is a provider that does nothing but hand a signature on to the key's own token, and the application registers it.
 *
 * <p>What a key may be is decided before a provider sees it, by rules with names, and the one switch for old keys has the word
 * legacy in it. RSA below 1024 bits, bad exponents, DSA and unknown curves stay refused with it.
 */
@NullMarked
package dev.certkit.key;

import org.jspecify.annotations.NullMarked;
