package io.weir.query.api;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.weir.query.LogEnds;
import io.weir.storage.read.CatalogReader;
import io.weir.storage.read.ReadTables;
import java.time.Clock;
import java.time.ZoneId;

/**
 * The running system behind the API.
 *
 * @param zone the time zone of the pipeline's windows
 * @param redriver publishes rejected readings again
 * @param bootstrap Kafka's bootstrap servers for producers; shown to callers on this machine
 * @param topic of the readings
 * @param version of this program
 * @param metrics the metrics of this process
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
