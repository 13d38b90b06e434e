package io.weir.core.fold.engine;

import io.weir.core.fold.port.LogRecord;
import io.weir.core.reading.Decoded;
import io.weir.core.reading.Reading;
import io.weir.core.reading.ReadingDecoder;
import io.weir.core.reading.RejectReason;
import io.weir.core.reading.Rejection;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/** Decodes a record and checks its readings: the first step of the fold. Not thread-safe. */
final class RecordReader {

    private final ReadingDecoder decoder;
    private final FoldSettings settings;
    private final LongPredicate isQuarantined;
    private final Names names = new Names();

    /** @param isQuarantined returns true if an operator has quarantined the record at an offset */
    RecordReader(ReadingDecoder decoder, FoldSettings settings, LongPredicate isQuarantined) {
        this.decoder = decoder;
        this.settings = settings;
        this.isQuarantined = isQuarantined;
    }

    /** Returns true if an operator has quarantined the record, so that it must not be decoded. */
    boolean isQuarantined(LogRecord record) {
        return isQuarantined.test(record.offset());
    }

    /** Returns the record's elements in order, at least one. */
    List<Decoded> read(LogRecord record) {
        byte @Nullable [] value = record.value();
        if (isQuarantined(record)) {
            return quarantined(value, "an operator has named the record to be left out");
        }
        if (value != null && value.length > settings.maxRecordBytes()) {
            String detail =
                    "the record's value has " + value.length + " bytes, the limit is " + settings.maxRecordBytes();
            return List.of(Rejection.of(RejectReason.TOO_LARGE, detail, value, 0, value.length));
        }
        if (value != null && !record.hasTimestamp()) {
            String detail =
                    "the record's own timestamp is not from 1970-01-01 to 9999-12-31, or it has none: producers must"
                            + " send it in milliseconds since 1970, or the topic must have"
                            + " message.timestamp.type=LogAppendTime";
            return List.of(Rejection.of(RejectReason.TIME_OUT_OF_RANGE, detail, value, 0, value.length));
        }
        try {
            return checked(decoder.decode(value), record);
        } catch (RuntimeException e) { // a replay would fail again
            return quarantined(value, "Weir cannot process the record: " + e);
        }
    }

    private List<Decoded> checked(List<Decoded> decoded, LogRecord record) {
        List<Decoded> checked = new ArrayList<>(decoded.size());
        for (Decoded element : decoded) {
            checked.add(element instanceof Reading reading ? checked(reading, record) : element);
        }
        return checked;
    }

    private Decoded checked(Reading reading, LogRecord record) {
        Rejection broken = settings.rules().check(reading, record.timestamp());
        return broken == null ? names.share(reading) : broken;
    }

    private static List<Decoded> quarantined(byte @Nullable [] value, String detail) {
        byte[] payload = value == null ? new byte[0] : value;
        return List.of(Rejection.of(RejectReason.QUARANTINED, detail, payload, 0, payload.length));
    }
}
