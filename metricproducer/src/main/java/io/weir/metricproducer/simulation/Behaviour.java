package io.weir.metricproducer.simulation;

/** The behaviour of a simulated device for one measurement. */
enum Behaviour {
    SOUND,
    LATE,
    DUPLICATE,
    CONFLICT,
    MALFORMED,
    FUTURE
}
