package io.weir.core.fold.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.fold.port.LogRecord;
import io.weir.core.reading.Decoded;
import io.weir.core.reading.JsonReadingDecoder;
import io.weir.core.reading.Reading;
import io.weir.core.reading.ReadingDecoder;
import io.weir.core.reading.RejectReason;
import io.weir.core.reading.Rejection;
import java.util.List;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Tests that no single record can stop a log. */
class RecordReaderTest {

    private static final byte[] READING =
            "{\"device\":\"d\",\"metric\":\"m\",\"time\":1767225600000,\"value\":1}".getBytes(UTF_8);

    @Test
    void quarantinesRecordsThatTheDecoderFailsOn() {
        assertQuarantined(
                new Failing(),
                READING,
                offset -> false,
                "Weir cannot process the record: " + "java.lang.ArithmeticException: long overflow");
    }

    @Test
    void doesNotDecodeRecordsQuarantinedByAnOperator() {
        assertQuarantined(
                new Failing(), READING, offset -> offset == 7, "an operator has named the record to be left out");
        assertQuarantined(
                new Failing(), null, offset -> offset == 7, "an operator has named the record to be left out");
    }

    @Test
    void decodesOtherRecords() {
        RecordReader reader =
                new RecordReader(new JsonReadingDecoder(), FoldSettings.DEFAULT, offset -> offset == 6 || offset == 8);
        assertThat(reader.read(record(READING))).singleElement().isInstanceOf(Reading.class);
    }

    private static void assertQuarantined(
            ReadingDecoder decoder, byte @Nullable [] value, LongPredicate named, String detail) {
        RecordReader reader = new RecordReader(decoder, FoldSettings.DEFAULT, named);
        assertThat(reader.read(record(value))).singleElement().satisfies(element -> {
            Rejection rejection = (Rejection) element;
            assertThat(rejection.reason()).isEqualTo(RejectReason.QUARANTINED);
            assertThat(rejection.detail()).isEqualTo(detail);
            assertThat(rejection.payload()).isEqualTo(value == null ? new byte[0] : value);
        });
    }

    private static LogRecord record(byte @Nullable [] value) {
        return new LogRecord(7, 1_767_225_600_000L, null, value);
    }

    /** A decoder that always fails. */
    private static final class Failing implements ReadingDecoder {

        @Override
        public String format() {
            return "failing";
        }

        @Override
        public List<Decoded> decode(byte @Nullable [] value) {
            throw new ArithmeticException("long overflow");
        }
    }
}
