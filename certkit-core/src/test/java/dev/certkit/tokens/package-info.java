/**
 * Keys in a PKCS#11 token, which SoftHSM 2 plays.
 *
 * <p>Its library finds its tokens by an environment variable of the process that it is in, so each test runs in a Java of
 * its own: {@link dev.certkit.tokens.TokenJvm} starts it, and the token lives in a temporary directory.
 */
package dev.certkit.tokens;
