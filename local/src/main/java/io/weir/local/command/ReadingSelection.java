package io.weir.local.command;

import io.weir.query.Span;
import io.weir.storage.read.ScopedMetric;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which readings a query is about: whose, of what, and from when to when. */
final class ReadingSelection {

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec command;

    @ArgGroup(multiplicity = "1")
    private Owner owner = new Owner();

    @Option(names = "--metric", required = true, paramLabel = "M", description = "The metric.")
    private String metric = "";

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

    ScopedMetric metric() {
        String device = owner.device;
        String group = owner.group;
        if (device != null) {
            return ScopedMetric.ofDevice(device, metric);
        }
        if (group != null) {
            return ScopedMetric.ofGroup(group, metric);
        }
        throw new IllegalStateException("the command line asks for a device or a group");
    }

    Span span() {
        if (command != null && from.isAfter(to)) {
            throw new ParameterException(command.commandLine(), "--from " + from + " is after --to " + to);
        }
        return Span.of(from, to);
    }

    private static final class Owner {

        @Option(names = "--device", required = true, paramLabel = "D", description = "One device.")
        private @Nullable String device;

        @Option(names = "--group", required = true, paramLabel = "G", description = "All devices of a group.")
        private @Nullable String group;
    }
}
