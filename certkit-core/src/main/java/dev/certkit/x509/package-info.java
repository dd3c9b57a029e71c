/**
 * The words of RFC 5280 as values: names, usages, validity, serial numbers, fingerprints, profiles.
 *
 * <p><b>Why</b>: what is wrong with a name is said when the name is made, not by a certificate that fails in the field.
 * Host names become A-labels and are checked, addresses become addresses, bounds of RFC 5280, appendix A are kept.
 */
@NullMarked
package dev.certkit.x509;

import org.jspecify.annotations.NullMarked;
