/**
 * The guards: what keeps this a house while it grows.
 *
 * <p><b>Why</b>: a rule that nobody checks is gone after a few months. Each guard is a small class with lists in and
 * problems out, a test that runs it over the real modules, and a test that shows it failing on a made-up offender. They
 * live in the last module, because that is the one that sees all the others.
 */
package dev.certkit.house;
