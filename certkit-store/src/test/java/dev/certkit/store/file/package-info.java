/** The directory storage under its contract, and under everything that can break beneath it. */
package dev.certkit.store.file;
