package io.weir.storage.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class CommitLogSyncTest {

    @Test
    void noDelayIfNodesSyncBeforeTheyAcknowledge() {
        assertThat(CommitLogSync.delayOf("batch", null)).isZero();
        assertThat(CommitLogSync.delayOf("group", "10000ms")).isZero();
    }

    @Test
    void twoPeriodsIfNodesSyncPeriodically() {
        assertThat(CommitLogSync.delayOf("periodic", "100ms")).isEqualTo(Duration.ofMillis(200));
        assertThat(CommitLogSync.delayOf("periodic", "10s")).isEqualTo(Duration.ofSeconds(20));
        assertThat(CommitLogSync.delayOf("periodic", "1m")).isEqualTo(Duration.ofMinutes(2));
    }

    @Test
    void usesCassandrasDefaultForUnknownSettings() {
        assertThat(CommitLogSync.delayOf(null, null)).isEqualTo(Duration.ofSeconds(20));
        assertThat(CommitLogSync.delayOf("periodic", null)).isEqualTo(Duration.ofSeconds(20));
        assertThat(CommitLogSync.delayOf("periodic", "soon")).isEqualTo(Duration.ofSeconds(20));
    }
}
