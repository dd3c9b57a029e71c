/** What every back end does to files that nobody else may touch: one owner, one process, durable or undone. */
@NullMarked
package dev.certkit.internal.disk;

import org.jspecify.annotations.NullMarked;
