/** Tests of TLS with real handshakes, on loopback and in memory. */
package dev.certkit.tls;
