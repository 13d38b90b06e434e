package io.weir.local.command;

import io.weir.query.Span;
import java.time.Instant;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** From when to when: [from, to). */
final class SpanOptions {

    @Option(
            names = "--from",
            required = true,
            paramLabel = "T",
            converter = InstantConverter.class,
            description = "Begin of the span: ISO-8601 with an offset, or epoch milliseconds.")
    private Instant from = Instant.MIN;

    @Option(
            names = "--to",
            required = true,
            paramLabel = "T",
            converter = InstantConverter.class,
            description = "End of the span, which is not part of it.")
    private Instant to = Instant.MIN;

    /** @throws ParameterException of that command if the span ends before it begins */
    Span span(CommandSpec command) {
        if (from.isAfter(to)) {
            throw new ParameterException(command.commandLine(), "--from " + from + " is after --to " + to);
        }
        return Span.of(from, to);
    }
}
