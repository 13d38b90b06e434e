package io.weir.metricproducer.simulation;

/** What a simulated device does with a measurement. */
enum Behaviour {
    SOUND,
    LATE,
    DUPLICATE,
    CONFLICT,
    MALFORMED,
    FUTURE
}
