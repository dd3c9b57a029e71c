/** What is fetched, and above all what is not. */
package dev.certkit.aia;
