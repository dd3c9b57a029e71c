/**
 * What breaks storages in tests: kills, cuts of power, full and read-only disks, clocks that jump, and who tells of losses.
 *
 * <p>Each fault is injected a few times in every build; {@code -Dcertkit.faults=long} makes it the long run.
 */
package dev.certkit.store.faults;
