/** Tests of the trust anchors. */
package dev.certkit.trust;
