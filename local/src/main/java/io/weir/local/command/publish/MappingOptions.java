package io.weir.local.command.publish;

import io.weir.metricproducer.file.record.CellSource;
import io.weir.metricproducer.file.record.ColumnChoice;
import io.weir.metricproducer.file.record.MetricCell;
import io.weir.metricproducer.file.record.RowMapping;
import io.weir.metricproducer.file.record.ValueRules;
import io.weir.metricproducer.file.time.TimeFormat;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that map the columns or fields of a file to readings. */
final class MappingOptions {

    @Option(
            names = "--time",
            paramLabel = "COL",
            description = "Column of the event time, or two columns DATE,TIME, joined by a space.")
    private @Nullable String time;

    @Option(
            names = "--time-format",
            paramLabel = "PATTERN",
            description = "iso, epoch-s, epoch-ms, epoch-us, epoch-ns, or a pattern such as yyyy-MM-dd HH:mm:ss"
                    + " (default: iso; epoch-ns for line protocol).")
    private @Nullable String timeFormat;

    @Option(
            names = "--zone",
            paramLabel = "ZONE",
            description = "Time zone of times without an offset, such as Europe/Brussels or +01:00 (default: UTC).")
    private @Nullable String zone;

    @Option(
            names = "--device",
            paramLabel = "COL|=CONST",
            description = "Column of the device, or =CONST for one device for all rows.")
    private @Nullable String device;

    @Option(
            names = "--group",
            paramLabel = "COL|=CONST",
            description = "Column of the group, or =CONST for one group for all rows.")
    private @Nullable String group;

    @Option(
            names = "--metrics",
            split = ",",
            paramLabel = "COL",
            description = "Columns of values; each column's name is the metric. data.* matches all columns that begin"
                    + " with data. and strips this prefix from the metric (default for JSON and line protocol: *).")
    private @Nullable List<String> metrics;

    @Option(
            names = "--metric",
            paramLabel = "COL|=CONST",
            description = "Column of the metric's name in files with one value per row, or =CONST for one metric for"
                    + " all rows.")
    private @Nullable String metric;

    @Option(names = "--value", paramLabel = "COL", description = "Column of the value, with --metric.")
    private @Nullable String value;

    @Option(
            names = "--missing",
            split = ",",
            paramLabel = "WORD",
            description = "Texts and numbers that mark a missing value, such as NA,-,-999. An empty cell is always a"
                    + " missing value.")
    private @Nullable List<String> missing;

    @Option(names = "--decimal-comma", description = "Numbers use a decimal comma.")
    private boolean decimalComma;

    @Option(names = "--booleans", description = "Read true and false as the values 1 and 0.")
    private boolean booleans;

    @Option(
            names = "--numeric-text",
            description = "Read strings in JSON and line protocol that hold a number as values.")
    private boolean numericText;

    /** Defaults of a file format. */
    record Defaults(@Nullable String time, String timeFormat, @Nullable String metrics) {}

    /** Returns whether any of the options was given. */
    boolean areGiven() {
        return decimalComma
                || booleans
                || numericText
                || Stream.of(time, timeFormat, zone, device, group, metrics, metric, value, missing)
                        .anyMatch(Objects::nonNull);
    }

    /** Returns the mapping; throws IllegalArgumentException or DateTimeException if the options are invalid. */
    RowMapping mapping(Defaults defaults) {
        return new RowMapping(
                new ColumnChoice(required("--time", time == null ? defaults.time() : time)),
                TimeFormat.of(
                        timeFormat == null ? defaults.timeFormat() : timeFormat,
                        ZoneId.of(zone == null ? "UTC" : zone)),
                CellSource.parse(required("--device", device)),
                group == null ? null : CellSource.parse(group),
                cells(defaults.metrics()),
                new ValueRules(missing == null ? Set.of() : Set.copyOf(missing), decimalComma, booleans, numericText));
    }

    private List<MetricCell> cells(@Nullable String all) {
        if (metric != null || value != null) {
            if (metrics != null) {
                throw new IllegalArgumentException("--metrics and --metric with --value exclude each other");
            }
            return List.of(new MetricCell(
                    CellSource.parse(required("--metric, with --value,", metric)),
                    required("--value, with --metric,", value)));
        }
        if (metrics == null && all == null) {
            throw new IllegalArgumentException(
                    "--metrics is missing, or --metric and --value: which columns hold values?");
        }
        return (metrics == null ? List.of(String.valueOf(all)) : metrics)
                .stream().map(MetricCell::named).toList();
    }

    private static String required(String option, @Nullable String given) {
        if (given == null) {
            throw new IllegalArgumentException(option + " is missing");
        }
        return given;
    }
}
