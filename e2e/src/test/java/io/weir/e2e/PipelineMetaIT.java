package io.weir.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.core.fold.Ledger;
import io.weir.core.fold.SourceTables;
import io.weir.storage.CassandraTables;
import io.weir.storage.PartitionLayout;
import io.weir.storage.PipelineMeta;
import io.weir.storage.RawBucket;
import io.weir.storage.SettingsChangedException;
import io.weir.storage.SourceId;
import io.weir.storage.ZoneHistory;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PipelineMetaIT {

    @RegisterExtension
    static final CassandraNode NODE = new CassandraNode();

    private static final PartitionLayout BERLIN = new PartitionLayout(RawBucket.DAY, 4, ZoneId.of("Europe/Berlin"));

    private static Keyspace keyspace;
    private PipelineMeta meta;

    @BeforeAll
    static void prepare() {
        keyspace = new Keyspace(NODE, "pipeline_meta_it");
    }

    @AfterAll
    static void drop() {
        keyspace.close();
    }

    @BeforeEach
    void neverStarted() {
        keyspace.change("TRUNCATE pipeline_meta_it.pipeline_meta");
        keyspace.change("TRUNCATE pipeline_meta_it.ledger");
        // A clock that stands still: the history must be in order all the same.
        meta = new PipelineMeta(
                keyspace.connection(), Clock.fixed(Instant.parse("2026-03-29T12:00:00Z"), ZoneOffset.UTC));
    }

    @Test
    void firstStartRecordsItsSettingsAndTheSameAreAdmittedAgain() {
        assertThat(meta.read()).isEmpty();
        meta.admit(settings("json/1", BERLIN));

        assertThat(meta.read()).isEqualTo(settings("json/1", BERLIN));
        assertThat(PartitionLayout.of(meta.read())).isEqualTo(BERLIN);
        meta.markRunning();
        assertThatCode(() -> meta.admit(settings("json/1", BERLIN))).doesNotThrowAnyException();
    }

    @Test
    void aChangeIsRefusedWhileThePipelineWasNotClosed() {
        meta.admit(settings("json/1", BERLIN));
        meta.markRunning();

        assertThatThrownBy(() -> meta.admit(settings("json/2", BERLIN)))
                .isInstanceOf(SettingsChangedException.class)
                .hasMessage("the setting decoder was \"json/1\" and now is \"json/2\": the pipeline was not closed"
                        + " cleanly, so put it back, let the pipeline catch up and close, and change it then, or use a new"
                        + " keyspace");
        assertThat(meta.read()).isEqualTo(settings("json/1", BERLIN));
    }

    @Test
    void aRunThatStopsUncleanlyIsOverButNotClosed() {
        assertThat(meta.isClosed()).isTrue();
        meta.admit(settings("json/1", BERLIN));
        meta.markRunning();
        assertThat(meta.isRunning()).isTrue();
        assertThat(meta.isClosed()).isFalse();

        meta.markStopped();
        assertThat(meta.isRunning()).isFalse();
        assertThat(meta.isClosed()).isFalse();
        assertThatThrownBy(() -> meta.admit(settings("json/2", BERLIN))).isInstanceOf(SettingsChangedException.class);

        meta.markClosed();
        assertThat(meta.isClosed()).isTrue();
    }

    @Test
    void aChangeAfterACleanCloseIsRecordedWithItsHistory() {
        meta.admit(settings("json/1", BERLIN));
        meta.markRunning();
        meta.markClosed();

        meta.admit(settings("json/2", BERLIN));
        meta.admit(settings("json/1", BERLIN));
        meta.admit(settings("json/3", BERLIN));

        assertThat(meta.read()).isEqualTo(settings("json/3", BERLIN));
        assertThat(keyspace.rows("SELECT value FROM pipeline_meta_it.pipeline_meta WHERE setting = 'decoder'"))
                .extracting(row -> row.getString(0))
                .containsExactly("json/3", "json/1", "json/2", "json/1");
    }

    @Test
    void theLayoutOfStoredRowsNeverChanges() {
        meta.admit(settings("json/1", BERLIN));
        meta.markRunning();
        meta.markClosed();
        meta.admit(settings("json/1", PartitionLayout.DEFAULT)); // nothing is stored yet

        store();

        assertThatThrownBy(() -> meta.admit(settings("json/1", BERLIN)))
                .isInstanceOf(SettingsChangedException.class)
                .hasMessage("the setting zone was \"UTC\" and now is \"Europe/Berlin\": it shaped the rows that are"
                        + " stored, so put it back, or use a new keyspace");
    }

    @Test
    void rulesOfTheZoneMayDifferOnlyFromNowOn() {
        meta.admit(withZoneRules("=3600"));
        store();
        meta.markRunning(); // windows that are cut alike need no clean close

        assertThatCode(() -> meta.admit(withZoneRules("=3600 1774791000=7200")))
                .as("from 13:30 on, and the clock stands at 12:00")
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> meta.admit(withZoneRules("=3600 1774776600=7200")))
                .isInstanceOf(SettingsChangedException.class)
                .hasMessage(
                        "this JDK's rules of the time zone Europe/Berlin differ from 2026-03-29T09:30:00Z on from those"
                                + " that cut the windows of the rows that are stored: run on a JDK whose tzdata has the rules of"
                                + " before, or use a new keyspace");
    }

    private static Map<String, String> withZoneRules(String rules) {
        Map<String, String> settings = settings("json/1", BERLIN);
        settings.put("future-bound", "PT10M");
        settings.put(ZoneHistory.SETTING, rules);
        return settings;
    }

    private static void store() {
        SourceTables tables = new CassandraTables(keyspace.connection(), PartitionLayout.DEFAULT)
                .of(new SourceId(1, "readings", "id", 0));
        tables.writeLedger(new Ledger(0, 1, 1, 0, Map.of()), tables.readEpoch()).await();
    }

    private static Map<String, String> settings(String decoder, PartitionLayout layout) {
        Map<String, String> settings = new HashMap<>(layout.settings());
        settings.put("decoder", decoder);
        return settings;
    }
}
