package io.weir.storage.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.protocol.internal.ProtocolConstants.DataType;
import io.weir.core.fold.port.RejectedReading;
import io.weir.core.fold.port.RollupRow;
import io.weir.core.fold.port.StoredReading;
import io.weir.core.reading.NameRule;
import io.weir.core.reading.Reading;
import io.weir.core.reading.RejectReason;
import io.weir.core.reading.Rejection;
import io.weir.core.rollup.QuantileSketch;
import io.weir.core.rollup.Resolution;
import io.weir.core.rollup.Rollup;
import io.weir.core.rollup.RollupKey;
import io.weir.core.rollup.Sample;
import io.weir.core.rollup.Scope;
import io.weir.core.rollup.Window;
import io.weir.storage.raw.RawRows;
import io.weir.storage.rejected.RejectedTable;
import io.weir.storage.rollup.RollupCells;
import io.weir.storage.schema.PartitionLayout;
import io.weir.storage.source.SourceId;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests the limits with rows whose columns all have their maximum length. */
class RowBoundsTest {

    private static final String LONGEST_NAME = "😀".repeat(256);
    private static final SourceId SOURCE = new SourceId(1, "t".repeat(249), "id", 0);
    private static final PreparedStatement INSERT_REJECTED = BoundRows.prepared(
            DataType.VARCHAR,
            DataType.DATE,
            DataType.INT,
            DataType.BIGINT,
            DataType.INT,
            DataType.VARCHAR,
            DataType.VARCHAR,
            DataType.BLOB,
            DataType.INT,
            DataType.TIMESTAMP,
            DataType.BLOB,
            DataType.INT,
            DataType.INT,
            DataType.BIGINT);

    @Test
    void aRowOfEachTableFitsIntoARequest() {
        assertThat(NameRule.faultOf(LONGEST_NAME)).isNull();
        assertThat(NameRule.faultOf(LONGEST_NAME + "x")).isNotNull();
        assertThat(LONGEST_NAME.getBytes(UTF_8)).hasSize(NameRule.MAX_BYTES);
        for (int row : new int[] {RowBounds.RAW, RowBounds.ROLLUP, RowBounds.REJECTED, RowBounds.CATALOG}) {
            assertThat(row).isLessThan(BatchLimits.MAX_REQUEST_BYTES / 20);
        }
    }

    @Test
    void pagesAreBounded() {
        assertThat(RowBounds.pageOf(RowBounds.RAW)).as("the driver's default").isEqualTo(5000);
        assertThat(RowBounds.pageOf(RowBounds.CATALOG)).isEqualTo(5000);
        assertThat(RowBounds.ROLLUPS_PER_PAGE).isBetween(400, 500);
        assertThat(RowBounds.REJECTED_PER_PAGE).isBetween(2000, 2600);
    }

    @ParameterizedTest
    @EnumSource
    void largestReadingIsWithinItsLimit(Scope table) {
        Reading reading = new Reading(LONGEST_NAME, LONGEST_NAME, LONGEST_NAME, 0, -1e100);
        RawRows rows = new RawRows(table, PartitionLayout.DEFAULT, Integer.MAX_VALUE);
        int bytes = EncodedSize.ofCells(rows.cellsOf(new StoredReading(reading, Long.MAX_VALUE, 0)));
        assertThat(bytes).isBetween(RowBounds.RAW - 32, RowBounds.RAW);
    }

    @Test
    void largestRollupIsWithinItsLimit() {
        QuantileSketch sketch = new QuantileSketch();
        for (int i = 0; i < 30_000; i++) {
            sketch.add(Math.pow(10, i / 100.0 - 200) * (i % 2 == 0 ? 1 : -1));
        }
        for (int i = 0; i < 45; i++) {
            sketch.merge(sketch.copy()); // gives the counts the maximum number of digits
        }
        assertThat(sketch.encode().length)
                .as("larger than readings can make it")
                .isBetween(8_000, 30_720);
        Sample sample = new Sample(0, LONGEST_NAME, 1);
        Rollup rollup = Rollup.restore(1L << 60, 1, 0, -1e100, 1e100, 1, sample, sample, sketch);
        Window hour = new Window(Resolution.HOUR, 0, 3_600_000);
        RollupRow row = new RollupRow(
                new RollupKey(Scope.DEVICE, LONGEST_NAME, LONGEST_NAME, hour), rollup, 1, 1, 1, Long.MAX_VALUE);
        RollupCells cells = new RollupCells(PartitionLayout.DEFAULT, 1);
        int bytes = EncodedSize.ofCells(cells.cellsOf(cells.partitionOf(row), row));
        assertThat(bytes - sketch.encode().length + 32 + 1536 * 20)
                .as("with the longest sketch")
                .isBetween(RowBounds.ROLLUP - 32, RowBounds.ROLLUP);
    }

    @Test
    void truncatesRejectedReadingsAndKeepsTheirLength() {
        int sent = 1_000_000;
        Rejection rejection =
                new Rejection(RejectReason.TIME_OUT_OF_RANGE, "😀".repeat(sent / 4), new byte[sent], sent);
        BoundStatement row = RejectedTable.bind(
                INSERT_REJECTED,
                SOURCE,
                LocalDate.of(2026, 3, 29),
                new RejectedReading(Long.MAX_VALUE, Integer.MAX_VALUE, rejection, 0, new byte[sent]));
        assertThat(EncodedSize.of(row)).isBetween(RowBounds.REJECTED - 64, RowBounds.REJECTED);
        assertThat(row.getString(6)).isEqualTo("😀".repeat(RowBounds.REJECTED_DETAIL / 4));
        assertThat(row.getBytesUnsafe(7).remaining()).isEqualTo(RowBounds.REJECTED_PAYLOAD);
        assertThat(row.getInt(8)).isEqualTo(sent);
        assertThat(row.getBytesUnsafe(10).remaining()).isEqualTo(RowBounds.REJECTED_KEY);
        assertThat(row.getInt(11)).isEqualTo(sent);
        assertThat(row.getInt(12)).isEqualTo(sent);
    }

    /** An attempt may have written another rejection of the record before an operator quarantined it. */
    @Test
    void theRejectionOfAQuarantinedRecordReplacesAnEarlierOne() {
        assertThat(writeTimestamp(RejectReason.MALFORMED)).isEqualTo(5_000);
        assertThat(writeTimestamp(RejectReason.QUARANTINED)).isEqualTo(5_001);
    }

    private static long writeTimestamp(RejectReason reason) {
        RejectedReading reading = new RejectedReading(0, 0, Rejection.of(reason, "", new byte[0], 0, 0), 5, null);
        return RejectedTable.bind(INSERT_REJECTED, SOURCE, LocalDate.of(1970, 1, 1), reading)
                .getLong(13);
    }

    @Test
    void storesRejectedReadingsWithinTheLimitsCompletely() {
        Rejection rejection = Rejection.of(RejectReason.MALFORMED, "é".repeat(512), new byte[4096], 0, 4096);
        RejectedReading reading = new RejectedReading(0, 0, rejection, 0, new byte[1024]);
        BoundStatement row = RejectedTable.bind(INSERT_REJECTED, SOURCE, LocalDate.of(2026, 3, 29), reading);
        assertThat(row.getString(6)).isEqualTo("é".repeat(512));
        assertThat(row.getBytesUnsafe(7).remaining()).isEqualTo(4096);
        assertThat(row.getBytesUnsafe(10).remaining()).isEqualTo(1024);
        assertThat(row.isSet(11)).isFalse();
        assertThat(row.isSet(12)).isFalse();
    }
}
