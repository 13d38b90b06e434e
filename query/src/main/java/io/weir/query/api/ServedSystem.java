package io.weir.query.api;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.weir.query.LogEnds;
import io.weir.storage.read.CatalogReader;
import io.weir.storage.read.ReadTables;
import java.time.Clock;
import java.time.ZoneId;

/**
 * The running system that the API answers questions about.
 *
 * @param zone whose calendar the pipeline cuts windows by
 * @param redriver publishes rejected readings again
 * @param bootstrap where producers reach Kafka; told to callers on this machine
 * @param topic of the readings
 * @param version of this program
 * @param metrics what is measured in this process
 * @param clock for relative times
 */
public record ServedSystem(
        ReadTables tables,
        CatalogReader catalog,
        ZoneId zone,
        LogEnds logEnds,
        Redriver redriver,
        String bootstrap,
        String topic,
        String version,
        PrometheusMeterRegistry metrics,
        Clock clock) {}
