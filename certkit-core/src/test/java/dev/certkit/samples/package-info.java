/** Keys and certificates that many tests use, made once per run since RSA keys are slow. */
package dev.certkit.samples;
