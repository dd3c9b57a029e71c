/**
 * Outside programs that judge or talk to what certkit makes.
 *
 * <h2>Why</h2>
 *
 * A peer is never imitated: either the real program runs, or the test is skipped and says why. So that nothing is skipped
 * unseen where it matters, {@code CERTKIT_PEERS=required} in the environment turns a missing program into a failure.
 */
package dev.certkit.peers;
