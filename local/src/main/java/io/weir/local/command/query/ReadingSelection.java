package io.weir.local.command.query;

import io.weir.query.Span;
import io.weir.storage.read.ScopedMetric;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Options that select series by device or group and metric, and a span. */
final class ReadingSelection {

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec command;

    @Mixin
    private ScopeOptions scopes = new ScopeOptions();

    @Option(
            names = "--metric",
            required = true,
            paramLabel = "M",
            description = "The metric; may be repeated for several series.")
    private List<String> metrics = List.of();

    @ArgGroup(exclusive = false, multiplicity = "1")
    private SpanOptions span = new SpanOptions();

    /** Checks the options before anything is opened; throws a ParameterException if they are invalid. */
    void check() {
        scopes.requireOneKind(command());
        span.check(command());
    }

    /** Returns every scope with every metric. */
    List<ScopedMetric> series() {
        List<ScopedMetric> series = new ArrayList<>();
        metrics.stream().distinct().forEach(metric -> series.addAll(scopes.with(metric)));
        return series;
    }

    /** @param ofPipeline the zone of the pipeline's windows */
    Span span(ZoneId ofPipeline) {
        return span.span(command(), ofPipeline);
    }

    private CommandSpec command() {
        if (command == null) {
            throw new IllegalStateException("options are read before the command line is parsed");
        }
        return command;
    }
}
