/** The key store file as a storage, and what other programs see of it. */
package dev.certkit.store.keystore;
