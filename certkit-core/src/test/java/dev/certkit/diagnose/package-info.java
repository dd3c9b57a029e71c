/** Tests of the diagnose anchors. */
package dev.certkit.diagnose;
