package io.weir.local.command;

import io.weir.query.Span;
import io.weir.storage.read.ScopedMetric;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Options that select readings by device or group, metric and span. */
final class ReadingSelection {

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec command;

    @ArgGroup(multiplicity = "1")
    private Owner owner = new Owner();

    @Option(names = "--metric", required = true, paramLabel = "M", description = "The metric.")
    private String metric = "";

    @ArgGroup(exclusive = false, multiplicity = "1")
    private SpanOptions span = new SpanOptions();

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
        if (command == null) {
            throw new IllegalStateException("options are read before the command line is parsed");
        }
        return span.span(command);
    }

    private static final class Owner {

        @Option(names = "--device", required = true, paramLabel = "D", description = "Readings of one device.")
        private @Nullable String device;

        @Option(
                names = "--group",
                required = true,
                paramLabel = "G",
                description = "Readings of all devices of a group.")
        private @Nullable String group;
    }
}
