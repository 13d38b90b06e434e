package io.weir.metricconsumer.driver;

import io.weir.metricconsumer.run.OwnRun;
import io.weir.metricconsumer.run.RunTerms;
import io.weir.metricconsumer.run.UnclosedRuns;

/**
 * The driver's view of the run that it has opened.
 *
 * @param unclosed what earlier runs may have written beyond their ledgers
 * @param terms what the driver tells the run's tasks
 */
record StartedRun(OwnRun own, TopicCheck topic, UnclosedRuns unclosed, RunTerms terms) {}
