/**
 * The fault rig: seeded random programs, whose outcome is known beforehand, run on nodes that are
 * killed, stalled and lied to; afterwards the journal is compared with what had to happen. See
 * docs/faults.md.
 */
package dev.onewrite.rig;
