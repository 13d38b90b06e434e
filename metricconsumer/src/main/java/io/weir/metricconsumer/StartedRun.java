package io.weir.metricconsumer;

/**
 * What the driver knows of the run that it has opened.
 *
 * @param unclosed what runs before it may have left
 * @param terms for its tasks
 */
record StartedRun(OwnRun own, TopicCheck topic, UnclosedRuns unclosed, RunTerms terms) {}
