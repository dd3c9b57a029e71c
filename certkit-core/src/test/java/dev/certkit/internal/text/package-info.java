/** Tests of what is shown of strangers' text. */
package dev.certkit.internal.text;
