package io.weir.local.command.rejected;

import io.weir.core.reading.RejectReason;
import io.weir.local.command.terminal.TimeConverter;
import io.weir.query.api.http.TimeText;
import io.weir.storage.ledger.SourceLedger;
import io.weir.storage.rejected.RejectedFilter;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Options that select rejected readings. An absent option does not filter. */
final class RejectedSelection {

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec command;

    @Option(
            names = "--reason",
            split = ",",
            paramLabel = "REASON",
            converter = ReasonConverter.class,
            description = "Only readings with one of these reasons.")
    private @Nullable List<RejectReason> reasons;

    @Option(names = "--partition", split = ",", paramLabel = "N", description = "Only readings of these partitions.")
    private @Nullable List<Integer> partitions;

    @Option(
            names = "--from",
            paramLabel = "T",
            converter = TimeConverter.class,
            description = "Only records with this Kafka timestamp or a later one: a time such as"
                    + " 2026-03-29T01:30:00+02:00, a date or time in UTC such as 2026-03-29, epoch milliseconds, or a"
                    + " time before now such as -7d (s, m, h, d or w).")
    private @Nullable String from;

    @Option(
            names = "--to",
            paramLabel = "T",
            converter = TimeConverter.class,
            description = "Only records with an earlier Kafka timestamp.")
    private @Nullable String to;

    @ArgGroup
    private @Nullable State state;

    @Option(names = "--limit", paramLabel = "N", description = "At most N readings.")
    private @Nullable Long limit;

    /** The time that relative times count from. */
    private final Clock now = Clock.fixed(Instant.now(), ZoneOffset.UTC);

    /** Throws a ParameterException if the options are invalid. */
    void check() {
        Instant start = instant(from);
        Instant end = instant(to);
        if (start != null && end != null && start.isAfter(end)) {
            throw wrong("--from " + start + " is after --to " + end);
        }
        if (limit != null && limit < 1) {
            throw wrong("--limit is " + limit + "; expected at least 1");
        }
    }

    /** Returns whether neither a filter nor a limit is given. */
    boolean isAll() {
        return reasons == null && partitions == null && from == null && to == null && state == null && limit == null;
    }

    /** Returns whether the limit was given. */
    boolean hasLimit() {
        return limit != null;
    }

    /** @param otherwise the limit if none was given */
    RejectedFilter filter(List<SourceLedger> sources, long otherwise) {
        return filter(sources, state == null ? null : state.isRedriven(), otherwise);
    }

    /** As {@link #filter}, but selects open readings if no state was given. */
    RejectedFilter openFilter(List<SourceLedger> sources) {
        return filter(sources, state != null && state.isRedriven(), Long.MAX_VALUE);
    }

    private RejectedFilter filter(List<SourceLedger> sources, @Nullable Boolean redriven, long otherwise) {
        return new RejectedFilter(
                null,
                sourcesOf(sources),
                instant(from),
                instant(to),
                reasons == null ? null : Set.copyOf(reasons),
                redriven,
                limit == null ? otherwise : limit);
    }

    private @Nullable Instant instant(@Nullable String time) {
        return time == null ? null : Instant.ofEpochMilli(TimeText.millis(time, now, ZoneOffset.UTC));
    }

    private @Nullable Set<Integer> sourcesOf(List<SourceLedger> sources) {
        List<Integer> wanted = partitions;
        return wanted == null
                ? null
                : sources.stream()
                        .filter(source -> wanted.contains(source.partition()))
                        .map(SourceLedger::source)
                        .collect(Collectors.toSet());
    }

    ParameterException wrong(String message) {
        if (command == null) {
            throw new IllegalStateException("options are read before the command line is parsed");
        }
        return new ParameterException(command.commandLine(), message);
    }

    private static final class State {

        @Option(names = "--open", required = true, description = "Only readings that were not redriven.")
        private boolean open;

        @Option(names = "--redriven", required = true, description = "Only readings that were redriven.")
        private boolean redriven;

        boolean isRedriven() {
            return redriven && !open;
        }
    }
}
