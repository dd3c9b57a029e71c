/**
 * The programs that show the library: start with {@link dev.certkit.examples.PrinterQuickstart}.
 *
 * <p>{@link dev.certkit.examples.CertificatesCommand} is a certificate page as a command line, {@link
 * dev.certkit.examples.RenewalCommand} a device that gets its certificates over SCEP and renews them, {@link
 * dev.certkit.examples.DiagnoseCommand} says what is wrong with a server, an identity or a file.
 */
@NullMarked
package dev.certkit.examples;

import org.jspecify.annotations.NullMarked;
