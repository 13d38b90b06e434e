package io.weir.query.api.routes;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.weir.query.log.LogEnds;
import io.weir.storage.ReadTables;
import io.weir.storage.catalog.CatalogReader;
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
