/** Tests of the data base back end, on servers and files that they make themselves. */
package dev.certkit.store.jdbc;
