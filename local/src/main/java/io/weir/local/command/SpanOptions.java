package io.weir.local.command;

import io.weir.query.Span;
import java.time.Instant;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Options for a span of event time, [from, to). */
final class SpanOptions {

    @Option(
            names = "--from",
            required = true,
            paramLabel = "T",
            converter = InstantConverter.class,
            description = "Start of the span, inclusive: ISO-8601 with an offset, or epoch milliseconds.")
    private Instant from = Instant.MIN;

    @Option(
            names = "--to",
            required = true,
            paramLabel = "T",
            converter = InstantConverter.class,
            description = "End of the span, exclusive.")
    private Instant to = Instant.MIN;

    /** @throws ParameterException if the span ends before it begins */
    Span span(CommandSpec command) {
        if (from.isAfter(to)) {
            throw new ParameterException(command.commandLine(), "--from " + from + " is after --to " + to);
        }
        return Span.of(from, to);
    }
}
