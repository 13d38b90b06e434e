package io.weir.local.command;

import io.weir.core.reading.RejectReason;
import io.weir.storage.read.RejectedFilter;
import io.weir.storage.read.SourceLedger;
import java.time.Instant;
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
            converter = InstantConverter.class,
            description = "Only records with this Kafka timestamp or a later one; ISO-8601 with an offset, or epoch"
                    + " milliseconds.")
    private @Nullable Instant from;

    @Option(
            names = "--to",
            paramLabel = "T",
            converter = InstantConverter.class,
            description = "Only records with an earlier Kafka timestamp.")
    private @Nullable Instant to;

    @ArgGroup
    private @Nullable State state;

    @Option(names = "--limit", paramLabel = "N", description = "At most N readings.")
    private @Nullable Long limit;

    /** Throws a ParameterException if the options are invalid. */
    void check() {
        if (from != null && to != null && from.isAfter(to)) {
            throw wrong("--from " + from + " is after --to " + to);
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
                from,
                to,
                reasons == null ? null : Set.copyOf(reasons),
                redriven,
                limit == null ? otherwise : limit);
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
