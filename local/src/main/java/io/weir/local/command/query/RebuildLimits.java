package io.weir.local.command.query;

import io.weir.core.fold.command.CommandKey;
import io.weir.core.rollup.Resolution;
import io.weir.core.rollup.WindowCalendar;
import io.weir.local.command.connection.Tables;
import io.weir.local.command.terminal.CommandException;
import io.weir.local.command.terminal.Terminal;
import io.weir.storage.admin.RebuildRequest;
import io.weir.storage.ledger.SourceLedger;
import io.weir.storage.run.PipelineMeta;
import io.weir.storage.run.QueryLayout;
import io.weir.storage.run.RecordedCommands;
import io.weir.storage.run.Retention;
import io.weir.storage.run.Runs;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Checks whether a rebuild is possible with the pipeline's settings and state.
 *
 * @param settings as the pipeline recorded them
 * @param keyId the id of the caller's command key; null if there is none
 * @param rollups how long rollups are kept
 */
record RebuildLimits(
        Map<String, String> settings,
        @Nullable String keyId,
        boolean running,
        Retention raw,
        Retention rollups,
        ZoneId zone,
        List<SourceLedger> sources,
        Clock clock) {

    private static final String OFF = "off";

    static RebuildLimits of(Tables tables, Clock clock, @Nullable CommandKey commandKey) {
        PipelineMeta meta = new PipelineMeta(tables.connection(), clock);
        return new RebuildLimits(
                meta.read(),
                commandKey == null ? null : commandKey.id(),
                !new Runs(tables.connection()).readAll().isEmpty(),
                tables.read().retention(),
                tables.read().rollupRetention(),
                tables.zone(),
                tables.read().ledgers().readAll(),
                clock);
    }

    /**
     * Warns the user about the parts of the request that have no effect.
     *
     * @throws CommandException if the request cannot be carried out
     */
    void check(RebuildRequest request) {
        requireLayout();
        requireKey();
        requireSource(request.topic());
        requireRawReadings(request.from());
        requireRollups(request.from());
        noteRetired(request.topic());
        if (!running) {
            Terminal.notice("The pipeline is stopped: the commands stay in the log until it runs");
        }
    }

    private void requireLayout() {
        QueryLayout layout = QueryLayout.of(settings);
        if (layout != QueryLayout.FUSED) {
            throw new CommandException("The pipeline uses the layout \"" + layout.code() + "\"; a rebuild requires"
                    + " \"" + QueryLayout.FUSED.code()
                    + "\", where one query writes all tables. Stop the pipeline cleanly and start it with this"
                    + " layout");
        }
    }

    private void requireKey() {
        String wanted = RecordedCommands.keyId(settings)
                .orElseThrow(
                        () -> new CommandException("The pipeline does not accept commands, because it has no command"
                                + " key. Create one: (umask 077; openssl rand -hex 32 > command.key). Then stop the"
                                + " pipeline cleanly, set weir.pipeline.command-key to the file, and start it"));
        if (!wanted.equals(keyId)) {
            throw new CommandException("The pipeline accepts only commands signed with the key " + wanted + "; "
                    + (keyId == null ? "found no command key" : "found the key " + keyId)
                    + ". Set the pipeline's key file with weir.pipeline.command-key in --config or with"
                    + " WEIR_PIPELINE_COMMAND_KEY, or set --data to the data directory of its weir up");
        }
    }

    private void requireSource(String topic) {
        if (sources.stream()
                .noneMatch(source -> source.isLive() && source.topic().equals(topic))) {
            throw new CommandException("No pipeline of this keyspace reads the topic \"" + topic
                    + "\". Start one, or choose another topic with --topic");
        }
    }

    /** The fold would reject such a command, and the user would find that only among the rejected readings. */
    private void requireRawReadings(Instant from) {
        String tooOld = settings.getOrDefault("too-old", OFF);
        Instant oldest = raw.expiredBefore(clock.instant());
        if (!tooOld.equals(OFF)) {
            oldest = clock.instant().minus(Duration.parse(tooOld));
        }
        long hour = new WindowCalendar(zone)
                .windowOf(Resolution.HOUR, from.toEpochMilli())
                .start();
        if (Instant.ofEpochMilli(hour).isBefore(oldest)) {
            throw new CommandException("The hour of --from begins at " + Instant.ofEpochMilli(hour) + "; expected "
                    + oldest + " or later: older raw readings may have expired (too-old is " + tooOld + "), and a"
                    + " partial hour must not replace its rollups");
        }
    }

    /** Months are merged from days, and days from hours. */
    private void requireRollups(Instant from) {
        long month = new WindowCalendar(zone)
                .windowOf(Resolution.MONTH, from.toEpochMilli())
                .start();
        if (rollups.mayHaveExpired(month, clock.instant())) {
            throw new CommandException("The month of --from begins at " + Instant.ofEpochMilli(month) + "; expected "
                    + rollups.expiredBefore(clock.instant()) + " or later: rollups are kept for " + rollups.shortest()
                    + ", and a partial month must not replace its rollup");
        }
    }

    private void noteRetired(String topic) {
        List<Integer> retired = sources.stream()
                .filter(source -> !source.isLive() && source.topic().equals(topic))
                .map(SourceLedger::source)
                .toList();
        if (!retired.isEmpty()) {
            Terminal.notice("Rows of the retired sources " + retired
                    + " are not rebuilt: commands cannot reach a source without a log");
        }
    }
}
