/**
 * Text that strangers chose, on its way into messages.
 *
 * <p><b>Why</b>: names, labels, headers and answers are quoted in errors, findings and logs by every package, and each of
 * them can carry line ends, terminal commands and marks that turn the direction of a line around. One place decides what is
 * shown.
 */
@NullMarked
package dev.certkit.internal.text;

import org.jspecify.annotations.NullMarked;
