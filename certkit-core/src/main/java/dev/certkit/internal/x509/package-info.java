/** How the values of {@code dev.certkit.x509} stand in certificates and requests: the writers and readers of both. */
@NullMarked
package dev.certkit.internal.x509;

import org.jspecify.annotations.NullMarked;
