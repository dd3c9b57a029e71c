/** The storage's contract as tests, for every back end, and the tests of its values. */
package dev.certkit.store;
