package io.weir.local.command.query;

import io.weir.storage.read.ScopedMetric;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Options that select devices, or groups. */
final class ScopeOptions {

    @Option(names = "--device", paramLabel = "D", description = "A device; may be repeated.")
    private List<String> devices = List.of();

    @Option(
            names = "--group",
            paramLabel = "G",
            description =
                    "A group, for the readings of all its devices; may be repeated. Give either devices or groups.")
    private List<String> groups = List.of();

    /** Throws a ParameterException unless there are devices or groups, and not both. */
    void requireOneKind(CommandSpec command) {
        if (devices.isEmpty() == groups.isEmpty()) {
            throw new ParameterException(
                    command.commandLine(),
                    devices.isEmpty()
                            ? "expected --device or --group"
                            : "found --device and --group; expected only devices or only groups");
        }
    }

    List<String> devices() {
        return devices.stream().distinct().toList();
    }

    List<String> groups() {
        return groups.stream().distinct().toList();
    }

    /** Returns the series of every device or group. */
    List<ScopedMetric> with(String metric) {
        return devices.isEmpty()
                ? groups().stream()
                        .map(group -> ScopedMetric.ofGroup(group, metric))
                        .toList()
                : devices().stream()
                        .map(device -> ScopedMetric.ofDevice(device, metric))
                        .toList();
    }
}
