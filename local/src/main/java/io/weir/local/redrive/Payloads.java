package io.weir.local.redrive;

import io.weir.core.fold.port.RejectedReading;
import io.weir.core.reading.Rejection;
import io.weir.query.log.LogEnds;
import io.weir.storage.ledger.SourceLedger;
import io.weir.storage.rejected.StoredRejection;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Finds the complete payload and key of a rejected reading: in its row or, if truncated there, in the log while it
 * holds the record. Not thread-safe.
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
     * @param logEnds tells which sources still have their log
     */
    public static Payloads open(List<SourceLedger> sources, LogEnds logEnds, String bootstrap) {
        return new Payloads(
                sources.stream().collect(Collectors.toMap(SourceLedger::source, Function.identity())),
                logEnds,
                LogRecords.connect(bootstrap));
    }

    /** Returns the payload as it was sent; empty if it is truncated and the log no longer holds its record. */
    public Optional<byte[]> of(StoredRejection row) {
        Rejection rejection = row.rejected().rejection();
        return row.isPayloadTruncated()
                ? recordOf(row)
                        .map(ConsumerRecord::value)
                        .flatMap(record -> elementOf(record, row.rejected()))
                        .filter(found -> continues(rejection.payload(), rejection.payloadSize(), found))
                : Optional.of(rejection.payload());
    }

    /**
     * Returns the complete key of a row whose {@linkplain StoredRejection#isKeyTruncated key is truncated}; empty if
     * the log no longer holds its record.
     */
    Optional<byte[]> keyOf(StoredRejection row) {
        byte[] cut = Objects.requireNonNull(row.rejected().key());
        return recordOf(row).map(ConsumerRecord::key).filter(found -> continues(cut, row.keySize(), found));
    }

    @Override
    public void close() {
        log.close();
    }

    private Optional<ConsumerRecord<byte[], byte[]>> recordOf(StoredRejection row) {
        SourceLedger source = sources.get(row.source());
        if (source == null || !logEnds.of(List.of(source)).containsKey(source.source())) {
            return Optional.empty(); // another incarnation's log has other records at these offsets
        }
        return log.record(source, row.rejected().offset());
    }

    private static Optional<byte[]> elementOf(byte[] record, RejectedReading rejected) {
        return record.length == rejected.rejection().payloadSize()
                ? Optional.of(record)
                : RecordElements.at(rejected.index(), record);
    }

    private static boolean continues(byte[] begin, int size, byte[] whole) {
        return whole.length == size && Arrays.equals(begin, 0, begin.length, whole, 0, begin.length);
    }
}
