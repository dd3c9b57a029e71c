/** Tests of the transport, and the faulty server that other modules' tests may use too. */
package dev.certkit.http;
