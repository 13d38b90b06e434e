package io.weir.local.command.query;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.weir.core.fold.port.Ledger;
import io.weir.local.command.terminal.CommandException;
import io.weir.storage.admin.RebuildRequest;
import io.weir.storage.ledger.SourceLedger;
import io.weir.storage.run.RecordedCommands;
import io.weir.storage.run.Retention;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RebuildLimitsTest {

    private static final Instant NOW = Instant.parse("2026-03-29T12:20:00Z");

    @Test
    void anySpanIsAllowedWithoutARetention() {
        assertThatNoException().isThrownBy(() -> check(Map.of("too-old", "off"), "2000-01-01T00:00:00Z"));
    }

    @Test
    void refusesAnHourWhoseReadingsMayHaveExpired() {
        Map<String, String> settings = Map.of("too-old", "PT24H");
        assertThatNoException().isThrownBy(() -> check(settings, "2026-03-28T13:59:00Z"));
        assertThatExceptionOfType(CommandException.class)
                .isThrownBy(() -> check(settings, "2026-03-28T12:59:00Z"))
                .withMessageContaining("begins at 2026-03-28T12:00:00Z; expected 2026-03-28T12:20:00Z or later");
    }

    @Test
    void refusesAMonthWhoseRollupsMayHaveExpired() {
        assertThatNoException().isThrownBy(() -> check(Map.of(), "2026-03-02T00:00:00Z", Duration.ofDays(29)));
        assertThatExceptionOfType(CommandException.class)
                .isThrownBy(() -> check(Map.of(), "2026-03-02T00:00:00Z", Duration.ofDays(28)))
                .withMessageStartingWith(
                        "The month of --from begins at 2026-03-01T00:00:00Z; expected 2026-03-01T12:20:00Z");
    }

    @Test
    void refusesAnotherLayout() {
        assertThatNoException().isThrownBy(() -> check(Map.of("layout", "fused"), NOW.toString()));
        assertThatExceptionOfType(CommandException.class)
                .isThrownBy(() -> check(Map.of("layout", "eight"), NOW.toString()))
                .withMessageStartingWith("The pipeline uses the layout \"eight\"; a rebuild requires \"fused\"");
    }

    @Test
    void refusesAPipelineWithoutACommandKeyOrWithAnother() {
        assertThatExceptionOfType(CommandException.class)
                .isThrownBy(() -> check(Map.of("commands", "none"), NOW.toString()))
                .withMessageStartingWith("The pipeline does not accept commands")
                .withMessageContaining("openssl rand -hex 32");
        assertThatExceptionOfType(CommandException.class)
                .isThrownBy(() -> check(Map.of("commands", RecordedCommands.of("other")), NOW.toString()))
                .withMessageContaining("signed with the key other; found the key id")
                .withMessageContaining("WEIR_PIPELINE_COMMAND_KEY");
        assertThatNoException().isThrownBy(() -> check(Map.of("commands", RecordedCommands.of("id")), NOW.toString()));
    }

    private static void check(Map<String, String> settings, String from) {
        check(settings, from, Duration.ZERO);
    }

    private static void check(Map<String, String> settings, String from, Duration rollupsKept) {
        Map<String, String> recorded = new HashMap<>(settings);
        recorded.putIfAbsent("commands", RecordedCommands.of("id"));
        new RebuildLimits(
                        recorded,
                        "id",
                        true,
                        Retention.of(Duration.ZERO, Duration.ZERO),
                        Retention.of(rollupsKept, Duration.ZERO),
                        ZoneId.of("UTC"),
                        List.of(new SourceLedger(1, "readings", "id", 0, Ledger.EMPTY)),
                        Clock.fixed(NOW, ZoneId.of("UTC")))
                .check(new RebuildRequest("readings", Instant.parse(from), NOW, null, null, null, false));
    }
}
