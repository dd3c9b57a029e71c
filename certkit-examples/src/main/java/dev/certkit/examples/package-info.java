/** The programs that show the library: start with {@link dev.certkit.examples.PrinterQuickstart}. */
@NullMarked
package dev.certkit.examples;

import org.jspecify.annotations.NullMarked;
