package io.weir.local.command.query;

import io.weir.local.command.terminal.Terminal;
import io.weir.local.command.terminal.TimeConverter;
import io.weir.local.command.terminal.ZoneConverter;
import io.weir.query.Span;
import io.weir.query.api.http.TimeText;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Options for a span of event time, [from, to). */
final class SpanOptions {

    private static final String NOW = "now";

    @Option(
            names = "--from",
            required = true,
            paramLabel = "T",
            converter = TimeConverter.class,
            description = "Start of the span, inclusive: a time such as 2026-03-29T01:30:00+02:00, a date such as"
                    + " 2026-03-29, epoch milliseconds, or a time before now such as -7d (s, m, h, d or w).")
    private String from = NOW;

    @Option(
            names = "--to",
            paramLabel = "T",
            converter = TimeConverter.class,
            description = "End of the span, exclusive (default: now).")
    private String to = NOW;

    @Option(
            names = "--zone",
            paramLabel = "ZONE",
            converter = ZoneConverter.class,
            description = "Time zone of --from and --to if they have no offset (default: weir.pipeline.zone).")
    private @Nullable ZoneId zone;

    /** The time that relative times count from. */
    private final Clock now = Clock.fixed(Instant.now(), ZoneOffset.UTC);

    /**
     * Checks the span before the zone of the pipeline is known.
     *
     * @throws ParameterException if the span ends before it begins
     */
    void check(CommandSpec command) {
        resolve(command, ZoneOffset.UTC);
    }

    /**
     * Returns the span, and states the zone of times without an offset if it was not given.
     *
     * @param ofPipeline the zone of the pipeline's windows
     * @throws ParameterException if the span ends before it begins, or a time does not occur once in the zone
     */
    Span span(CommandSpec command, ZoneId ofPipeline) {
        if (zone == null && (TimeText.needsZone(from) || TimeText.needsZone(to))) {
            Terminal.notice("Times without an offset are in the pipeline's zone, " + ofPipeline);
        }
        return resolve(command, ofPipeline);
    }

    private Span resolve(CommandSpec command, ZoneId ofPipeline) {
        ZoneId used = zone == null ? ofPipeline : zone;
        try {
            long start = TimeText.millis(from, now, used);
            long end = TimeText.millis(to, now, used);
            if (start > end) {
                throw new ParameterException(
                        command.commandLine(),
                        "--from " + Instant.ofEpochMilli(start) + " is after --to " + Instant.ofEpochMilli(end));
            }
            return new Span(start, end);
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new ParameterException(command.commandLine(), String.valueOf(e.getMessage()));
        }
    }
}
