package io.weir.local.command;

import io.weir.core.text.FailureText;
import io.weir.metricproducer.Publisher;
import io.weir.metricproducer.PublisherSettings;
import io.weir.metricproducer.file.BadLine;
import io.weir.metricproducer.file.CellSource;
import io.weir.metricproducer.file.CsvMapping;
import io.weir.metricproducer.file.FilePublisher;
import io.weir.metricproducer.file.LineFormat;
import io.weir.metricproducer.file.MetricCell;
import io.weir.metricproducer.file.PublishSummary;
import io.weir.metricproducer.file.TimeFormat;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Sends a file of readings. */
@Command(
        name = "publish",
        description = {
            "Send the readings of a file to Kafka: JSON lines, or CSV with a mapping.",
            "A bad line is reported with its number and the rest goes on. Exit code 1 if there was one."
        },
        footer = {
            "",
            "Examples:",
            "  weir publish readings.jsonl",
            "  weir publish --format csv --time date --time-format 'yyyy-MM-dd HH:mm:ss' --zone Europe/Brussels"
                    + " --device =room-1 --metrics Temperature,Humidity,CO2 office.csv",
            "  weir publish --format csv --time timestamp --device id --group group --metric type --value value rows.csv"
        })
final class PublishCommand implements Callable<Integer> {

    /** Formats of files. */
    enum Format {
        json,
        csv
    }

    @Spec
    private @Nullable CommandSpec command;

    @Mixin
    private Target target = new Target();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "json",
            description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Format format = Format.json;

    @ArgGroup(exclusive = false, heading = "%nFor --format csv:%n")
    private @Nullable CsvOptions csv;

    @Parameters(paramLabel = "FILE", description = "The file; - for standard input.")
    private String file = "-";

    @Override
    public Integer call() throws IOException {
        return report(publish(lines()));
    }

    private PublishSummary publish(LineFormat lines) throws IOException {
        try (InputStream in = open();
                Publisher publisher = Publisher.connect(PublisherSettings.of(target.bootstrap(), target.topic()));
                ProgressLine progress = ProgressLine.ofFile(file.equals("-") ? "publish" : file, size())) {
            return new FilePublisher(publisher, progress).publish(in, lines);
        }
    }

    private static int report(PublishSummary summary) {
        for (BadLine bad : summary.firstBadLines()) {
            Terminal.notice("line " + bad.line() + ": " + bad.reason());
        }
        if (summary.badLines() > summary.firstBadLines().size()) {
            Terminal.notice(
                    "… and " + (summary.badLines() - summary.firstBadLines().size()) + " more bad lines");
        }
        Terminal.answer()
                .println(summary.readings() + " readings in " + summary.records() + " records published from "
                        + summary.lines() + " lines, " + summary.badLines() + " bad lines");
        return summary.badLines() == 0 ? Weir.DONE : Weir.FAILED;
    }

    private InputStream open() {
        try {
            return file.equals("-") ? System.in : Files.newInputStream(Path.of(file));
        } catch (IOException e) {
            throw new CommandException("The file " + file + " cannot be read: " + FailureText.of(e), e);
        }
    }

    private long size() throws IOException {
        return file.equals("-") ? -1 : Files.size(Path.of(file));
    }

    private LineFormat lines() {
        if (format == Format.json) {
            if (csv != null) {
                throw wrong("options of CSV files need --format csv");
            }
            return LineFormat.json();
        }
        if (csv == null) {
            throw wrong("--format csv needs a mapping: --time, --device, and --metrics or --metric and --value");
        }
        try {
            return LineFormat.csv(csv.mapping());
        } catch (IllegalArgumentException | DateTimeException e) {
            throw wrong(String.valueOf(e.getMessage()));
        }
    }

    private ParameterException wrong(String message) {
        if (command == null) {
            throw new IllegalStateException("options are read before the command line is parsed");
        }
        return new ParameterException(command.commandLine(), message);
    }

    private static final class CsvOptions {

        @Option(names = "--time", required = true, paramLabel = "COL", description = "Column of the event time.")
        private String time = "";

        @Option(
                names = "--time-format",
                paramLabel = "PATTERN",
                defaultValue = "iso",
                description = "iso, epoch-ms, epoch-s, or a pattern such as yyyy-MM-dd HH:mm:ss (default:"
                        + " ${DEFAULT-VALUE}).")
        private String timeFormat = "iso";

        @Option(
                names = "--zone",
                paramLabel = "ZONE",
                defaultValue = "UTC",
                description = "Zone of times without an offset (default: ${DEFAULT-VALUE}).")
        private String zone = "UTC";

        @Option(
                names = "--device",
                required = true,
                paramLabel = "COL|=CONST",
                description = "Column of the device, or one device for all rows.")
        private String device = "";

        @Option(
                names = "--group",
                paramLabel = "COL|=CONST",
                description = "Column of the group, or one group for all rows.")
        private @Nullable String group;

        @ArgGroup(multiplicity = "1")
        private Values values = new Values();

        @Option(names = "--no-header", description = "The first line is data; columns are named 1, 2, 3…")
        private boolean noHeader;

        CsvMapping mapping() {
            return new CsvMapping(
                    time,
                    TimeFormat.of(timeFormat, ZoneId.of(zone)),
                    CellSource.parse(device),
                    group == null ? null : CellSource.parse(group),
                    values.cells(),
                    !noHeader);
        }
    }

    private static final class Values {

        @Option(
                names = "--metrics",
                split = ",",
                paramLabel = "COL",
                description = "Columns of values, which also name the metrics.")
        private List<String> metrics = List.of();

        @ArgGroup(exclusive = false)
        private @Nullable LongRows longRows;

        List<MetricCell> cells() {
            return longRows == null
                    ? metrics.stream().map(MetricCell::named).toList()
                    : List.of(new MetricCell(CellSource.parse(longRows.metric), longRows.value));
        }
    }

    private static final class LongRows {

        @Option(
                names = "--metric",
                required = true,
                paramLabel = "COL|=CONST",
                description = "Column of the metric's name, where each row has one value, or one metric for all rows.")
        private String metric = "";

        @Option(names = "--value", required = true, paramLabel = "COL", description = "Column of that value.")
        private String value = "";
    }
}
