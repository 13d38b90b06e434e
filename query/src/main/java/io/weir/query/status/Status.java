package io.weir.query.status;

import io.weir.query.log.LogEnds;
import io.weir.query.log.LogUnreachableException;
import io.weir.storage.catalog.DeviceSourcesReader;
import io.weir.storage.ledger.LedgerReader;
import io.weir.storage.ledger.SourceLedger;
import io.weir.storage.run.FailingQuery;
import io.weir.storage.run.FailureReader;
import java.util.List;
import java.util.Map;

/**
 * The state of the pipeline: its sources with their ledgers and lags, and its failing queries.
 *
 * @param sources in order of their numbers
 * @param devicesInTwoSources devices that more than one live source stores
 * @param failing queries that have failed and completed no batch since
 */
public record Status(List<SourceStatus> sources, SharedDevices devicesInTwoSources, List<FailingQuery> failing) {

    /**
     * Reads the state from the tables and from Kafka.
     *
     * @throws io.weir.core.fold.port.TablesException if the tables cannot be reached
     * @throws LogUnreachableException if the log cannot be reached
     */
    public static Status of(
            LedgerReader ledgers, DeviceSourcesReader devices, FailureReader failures, LogEnds logEnds) {
        List<SourceLedger> sources = ledgers.readAll();
        Map<Integer, Long> ends = logEnds.of(sources);
        return new Status(
                sources.stream()
                        .map(source -> SourceStatus.of(source, ends.get(source.source())))
                        .toList(),
                SharedDevices.find(devices, sources),
                failures.failing());
    }
}
