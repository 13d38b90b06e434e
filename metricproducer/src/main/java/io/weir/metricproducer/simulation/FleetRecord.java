package io.weir.metricproducer.simulation;

/** A record of a simulated device, with one reading in it. */
record FleetRecord(byte[] key, byte[] value) {}
