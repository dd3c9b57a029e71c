/**
 * Getting a certificate from an authority, whoever that is: SCEP, one's own, or a caller's.
 *
 * <p><b>Why</b>: an answer of an authority is no exception: issued, pending and refused are all expected, and a caller
 * has to say what happens in each. Issuing is idempotent by serial number: whoever repeats an order with the serial
 * number that was kept before gets the certificate that was made before, so that a lost answer costs nothing. What is
 * signed is recorded in the storage before it is given away.
 */
@NullMarked
package dev.certkit.issue;

import org.jspecify.annotations.NullMarked;
