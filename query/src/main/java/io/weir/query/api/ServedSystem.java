package io.weir.query.api;

import io.weir.query.LogEnds;
import io.weir.storage.read.CatalogReader;
import io.weir.storage.read.ReadTables;
import java.time.Clock;
import java.time.ZoneId;

/**
 * The running system that the API answers questions about.
 *
 * @param zone whose calendar the pipeline cuts windows by
 * @param clock for relative times, and for which windows are still open
 */
public record ServedSystem(ReadTables tables, CatalogReader catalog, ZoneId zone, LogEnds logEnds, Clock clock) {}
