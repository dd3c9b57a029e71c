/**
 * Whom to trust.
 *
 * <p><b>Why</b>: the anchors are a value of their own, so that whoever takes a decision or opens a connection says whom it
 * trusts. There is no empty set of anchors: a context that trusts nobody, or by a mistake everybody, cannot be written.
 */
@NullMarked
package dev.certkit.trust;

import org.jspecify.annotations.NullMarked;
