/** Tests of the SCEP module; the message layer is judged by OpenSSL where it writes. */
package dev.certkit.scep;
