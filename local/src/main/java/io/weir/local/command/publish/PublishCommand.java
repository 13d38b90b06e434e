package io.weir.local.command.publish;

import io.weir.local.command.connection.Target;
import io.weir.local.command.terminal.CommandException;
import io.weir.local.command.terminal.DurationConverter;
import io.weir.local.command.terminal.ExitCode;
import io.weir.local.command.terminal.ShellWords;
import io.weir.local.command.terminal.Stop;
import io.weir.local.command.terminal.Terminal;
import io.weir.metricproducer.PublishException;
import io.weir.metricproducer.Publisher;
import io.weir.metricproducer.PublisherSettings;
import io.weir.metricproducer.file.FileFormat;
import io.weir.metricproducer.file.detection.Detection;
import io.weir.metricproducer.file.text.FileInput;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Publishes files of readings. */
@Command(
        name = "publish",
        description = {
            "Send the readings of files to Kafka: JSON, CSV or InfluxDB line protocol, optionally compressed with"
                    + " gzip.",
            "Lines that the pipeline would reject are reported and not sent; the other lines are. Exit code 1 if there"
                    + " was a bad line."
        },
        footer = {
            "",
            "Examples:",
            "  weir publish readings.jsonl",
            "  weir publish --detect office.csv",
            "  weir publish --format csv --time date --time-format 'yyyy-MM-dd HH:mm:ss' --zone Europe/Brussels"
                    + " --device =room-1 --metrics Temperature,Humidity,CO2 --preview office.csv",
            "  weir publish --format csv --time timestamp --device id --group group --metric type --value value rows.csv",
            "  weir publish --format csv --delimiter ';' --decimal-comma --time Datum,Uhrzeit"
                    + " --time-format 'dd.MM.yyyy HH:mm:ss' --device =boiler --metrics '*' 'export/*.csv.gz'",
            "  weir publish --format json --device meta.serial --time ts --time-format epoch-s --metrics 'data.*' nested.jsonl",
            "  weir publish --format influx --device host --metrics 'cpu.*' --wait points.txt"
        })
public final class PublishCommand implements Callable<Integer> {

    private static final MappingOptions.Defaults CSV = new MappingOptions.Defaults(null, "iso", null);
    private static final MappingOptions.Defaults JSON = new MappingOptions.Defaults("time", "iso", "*");
    private static final MappingOptions.Defaults INFLUX = new MappingOptions.Defaults("time", "epoch-ns", "*");

    /** The file formats. */
    enum Format {
        json,
        csv,
        influx
    }

    @Spec
    private @Nullable CommandSpec command;

    @Mixin
    private Target target = new Target();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "${COMPLETION-CANDIDATES} (default: json). influx is InfluxDB line protocol.")
    private @Nullable Format format;

    @Option(
            names = "--charset",
            paramLabel = "NAME",
            description = "Charset of the files, such as ISO-8859-1 (default: from the byte order mark, else UTF-8).")
    private @Nullable String charset;

    @ArgGroup(
            exclusive = false,
            validate = false,
            heading = "%nMapping of columns to readings (for csv, influx, and json that is not in Weir's own"
                    + " format):%n")
    private MappingOptions mapping = new MappingOptions();

    @ArgGroup(exclusive = false, validate = false, heading = "%nDialect of CSV files:%n")
    private CsvOptions csv = new CsvOptions();

    @Option(names = "--preview", description = "Print the first readings as they would be sent; send nothing.")
    private boolean preview;

    @Option(
            names = "--detect",
            description =
                    "Inspect the beginning of the first file; print a command that could publish it, and a preview."
                            + " Sends nothing.")
    private boolean detect;

    @Option(
            names = "--skip-records",
            paramLabel = "N",
            description = "Skip the first N records (rows or JSON lines) of the first file, to resume after an"
                    + " interruption.")
    private long skipRecords;

    @Option(
            names = "--bad-lines",
            paramLabel = "FILE",
            description = "Write each bad line to FILE, as JSON: file, line, reason and text.")
    private @Nullable Path badLines;

    @Option(
            names = "--wait",
            description =
                    "Wait until the pipeline has processed everything that was sent, and print the outcome from the"
                            + " ledger.")
    private boolean wait;

    @Option(
            names = "--wait-limit",
            paramLabel = "TIME",
            defaultValue = "5m",
            converter = DurationConverter.class,
            description = "The longest time to wait (default: ${DEFAULT-VALUE}).")
    private Duration waitLimit = Duration.ofMinutes(5);

    @Parameters(
            arity = "1..*",
            paramLabel = "FILE",
            description = "Files or patterns such as 'data/*.csv'; - for standard input.")
    private List<String> files = List.of();

    @Override
    public Integer call() throws IOException {
        if (detect) {
            return detect();
        }
        FileFormat read = fileFormat();
        Charset named = namedCharset();
        List<String> found = InputFiles.expand(files);
        if (badLines != null) {
            InputFiles.requireOther(badLines, found);
        }
        BooleanSupplier stop = Stop.onSignals().asked()::isDone;
        try (BadLinesFile bad = badLines == null ? null : BadLinesFile.create(badLines)) {
            PublishRun run = new PublishRun(read, named, target.publishRules(), bad, skipRecords);
            return preview ? preview(run, found, stop) : publish(run, found, stop);
        }
    }

    private int publish(PublishRun run, List<String> found, BooleanSupplier stop) throws IOException {
        try (PublishOutcome fate = wait ? PublishOutcome.open(target) : null;
                Publisher publisher = Publisher.connect(PublisherSettings.of(target.bootstrap(), target.topic()))) {
            boolean complete = run.publish(found, publisher, stop);
            int code = complete && run.total().badLines() == 0 ? ExitCode.DONE : ExitCode.FAILED;
            if (fate == null || !complete || publisher.acknowledged() == 0) {
                return code;
            }
            return Math.max(
                    code,
                    fate.await(publisher.acknowledgedOffsets(), run.total().readings(), waitLimit, stop));
        }
    }

    private static int preview(PublishRun run, List<String> found, BooleanSupplier stop) throws IOException {
        PreviewSink sink = new PreviewSink(Terminal.answer());
        run.preview(found, sink, () -> stop.getAsBoolean() || sink.isFull());
        Terminal.notice("This is a preview: nothing was sent");
        return sink.isEmpty() || run.total().badLines() > 0 ? ExitCode.FAILED : ExitCode.DONE;
    }

    private int detect() throws IOException {
        String file = InputFiles.expand(files).get(0);
        Detection detection;
        try (FileInput in = FileInput.open(InputFiles.open(file), namedCharset())) {
            detection = Detection.of(in, file.equals(InputFiles.STANDARD_INPUT) ? "device" : file);
        } catch (PublishException e) {
            throw new CommandException(file + ": " + e.getMessage(), e);
        }
        List<String> options = new ArrayList<>(detection.options());
        if (charset != null) {
            options.addAll(List.of("--charset", charset));
        }
        Terminal.answer().println("weir publish " + ShellWords.join(options) + " " + ShellWords.join(files));
        detection.notes().forEach(Terminal::notice);
        if (file.equals(InputFiles.STANDARD_INPUT)) {
            return ExitCode.DONE; // standard input cannot be read twice
        }
        if (!detection.isComplete()) {
            return ExitCode.FAILED;
        }
        List<String> tried = new ArrayList<>(List.of("publish", "--preview"));
        tried.addAll(options);
        tried.add(file);
        return specification().root().commandLine().execute(tried.toArray(String[]::new));
    }

    private FileFormat fileFormat() {
        if (format == null && (mapping.areGiven() || csv.areGiven())) {
            throw wrong("a mapping requires --format csv, --format influx, or --format json for JSON that is not in"
                    + " Weir's own format");
        }
        if (format != Format.csv && csv.areGiven()) {
            throw wrong("CSV options require --format csv");
        }
        try {
            if (format == Format.csv) {
                return FileFormat.csv(csv.dialect(), mapping.mapping(CSV));
            }
            if (format == Format.influx) {
                return FileFormat.lineProtocol(mapping.mapping(INFLUX));
            }
            return mapping.areGiven() ? FileFormat.json(mapping.mapping(JSON)) : FileFormat.json();
        } catch (IllegalArgumentException | DateTimeException e) {
            throw wrong(String.valueOf(e.getMessage()));
        }
    }

    private @Nullable Charset namedCharset() {
        try {
            return charset == null ? null : Charset.forName(charset);
        } catch (IllegalArgumentException e) {
            throw wrong(
                    "unknown charset \"" + charset + "\"; expected one such as ISO-8859-1, windows-1252 or UTF-16LE");
        }
    }

    private ParameterException wrong(String message) {
        return new ParameterException(specification().commandLine(), message);
    }

    private CommandSpec specification() {
        if (command == null) {
            throw new IllegalStateException("options are read before the command line is parsed");
        }
        return command;
    }
}
