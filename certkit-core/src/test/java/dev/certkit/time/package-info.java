/** Time as tests want it: it stands still until it is moved. */
package dev.certkit.time;
