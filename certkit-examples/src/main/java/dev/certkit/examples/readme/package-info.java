/** What README.md shows, compiled and run. */
@NullMarked
package dev.certkit.examples.readme;

import org.jspecify.annotations.NullMarked;
