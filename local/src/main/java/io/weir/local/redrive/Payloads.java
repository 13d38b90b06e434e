package io.weir.local.redrive;

import io.weir.core.fold.RejectedReading;
import io.weir.core.reading.Rejection;
import io.weir.query.LogEnds;
import io.weir.storage.StoredRejection;
import io.weir.storage.read.SourceLedger;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Finds the whole payload of a rejected reading: in its row or, where it was cut there, in the log while that holds the
 * record. For one thread.
 */
public final class Payloads implements AutoCloseable {

    private final Map<Integer, SourceLedger> sources;
    private final LogEnds logEnds;
    private final LogRecords log;

    private Payloads(Map<Integer, SourceLedger> sources, LogEnds logEnds, LogRecords log) {
        this.sources = sources;
        this.logEnds = logEnds;
        this.log = log;
    }

    /**
     * Connects to the log.
     *
     * @param sources whose readings were rejected
     * @param logEnds says which of them still have their log
     */
    public static Payloads open(List<SourceLedger> sources, LogEnds logEnds, String bootstrap) {
        return new Payloads(
                sources.stream().collect(Collectors.toMap(SourceLedger::source, Function.identity())),
                logEnds,
                LogRecords.connect(bootstrap));
    }

    /** Returns the payload as it was sent; empty if it was cut and the log no longer holds its record. */
    public Optional<byte[]> of(StoredRejection row) {
        Rejection rejection = row.rejected().rejection();
        return isWhole(rejection) ? Optional.of(rejection.payload()) : fromLog(row);
    }

    @Override
    public void close() {
        log.close();
    }

    static boolean isWhole(Rejection rejection) {
        return rejection.payload().length == rejection.payloadSize();
    }

    private Optional<byte[]> fromLog(StoredRejection row) {
        SourceLedger source = sources.get(row.source());
        if (source == null || !logEnds.of(List.of(source)).containsKey(source.source())) {
            return Optional.empty(); // another incarnation's log has other records at these offsets
        }
        return log.value(source, row.rejected().offset())
                .flatMap(record -> elementOf(record, row.rejected()))
                .filter(found -> continues(row.rejected().rejection(), found));
    }

    private static Optional<byte[]> elementOf(byte[] record, RejectedReading rejected) {
        return record.length == rejected.rejection().payloadSize()
                ? Optional.of(record)
                : RecordElements.at(rejected.index(), record);
    }

    private static boolean continues(Rejection cut, byte[] whole) {
        byte[] begin = cut.payload();
        return whole.length == cut.payloadSize() && Arrays.equals(begin, 0, begin.length, whole, 0, begin.length);
    }
}
