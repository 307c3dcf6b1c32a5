package dev.onewrite.rig;

import java.util.List;

/** A run: which programs, and what befalls them. */
record Plan(long seed, int programs, List<Fault> faults) {}
