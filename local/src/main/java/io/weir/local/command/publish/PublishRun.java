package io.weir.local.command.publish;

import io.weir.core.text.FailureText;
import io.weir.local.command.terminal.CommandException;
import io.weir.local.command.terminal.ProgressLine;
import io.weir.local.command.terminal.ShellWords;
import io.weir.local.command.terminal.Terminal;
import io.weir.metricproducer.PublishException;
import io.weir.metricproducer.RecordSink;
import io.weir.metricproducer.file.BadLine;
import io.weir.metricproducer.file.FileFormat;
import io.weir.metricproducer.file.FilePublisher;
import io.weir.metricproducer.file.PublishOptions;
import io.weir.metricproducer.file.PublishRules;
import io.weir.metricproducer.file.PublishSummary;
import io.weir.metricproducer.file.text.FileInput;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.util.List;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Publishes files one after the other and reports the result to the user. */
final class PublishRun {

    private final FileFormat format;
    private final @Nullable Charset charset;
    private final PublishRules rules;
    private final @Nullable BadLinesFile badLines;
    private final long skippedRecords;
    private PublishSummary total = PublishSummary.NOTHING;

    /**
     * @param charset null to detect it for each file
     * @param badLines null for none
     * @param skippedRecords of the first file
     */
    PublishRun(
            FileFormat format,
            @Nullable Charset charset,
            PublishRules rules,
            @Nullable BadLinesFile badLines,
            long skippedRecords) {
        this.format = format;
        this.charset = charset;
        this.rules = rules;
        this.badLines = badLines;
        this.skippedRecords = skippedRecords;
    }

    /** Returns the counts of all files so far. */
    PublishSummary total() {
        return total;
    }

    /** Publishes the files; returns whether all were read to their end. */
    boolean publish(List<String> files, RecordSink sink, BooleanSupplier stop) throws IOException {
        for (int i = 0; i < files.size(); i++) {
            long skipped = i == 0 ? skippedRecords : 0;
            One one = publish(files.get(i), sink, stop, skipped);
            if (!one.complete()) {
                Terminal.notice("Stopped: " + one.summary().fileRecords() + " records of " + shown(files.get(i))
                        + " are processed, up to about line " + one.summary().lines()
                        + (i == 0 ? "" : ", and all files before it")
                        + ". To resume, run the same command with --skip-records "
                        + one.summary().fileRecords() + " and the files "
                        + ShellWords.join(files.subList(i, files.size())));
                tellTotal();
                return false;
            }
        }
        tellTotal();
        return true;
    }

    /** Reads the files until the sink has enough. */
    void preview(List<String> files, RecordSink sink, BooleanSupplier enough) throws IOException {
        for (int i = 0; i < files.size() && !enough.getAsBoolean(); i++) {
            publish(files.get(i), sink, enough, i == 0 ? skippedRecords : 0);
        }
        tellCells();
    }

    private record One(PublishSummary summary, boolean complete) {}

    private One publish(String file, RecordSink sink, BooleanSupplier stop, long skipped) throws IOException {
        FilePublisher publisher = null;
        try (InputStream raw = open(file, stop);
                FileInput in = FileInput.open(raw, charset);
                ProgressLine progress = ProgressLine.ofFile(shown(file), InputFiles.size(file))) {
            publisher = new FilePublisher(
                    sink, progress, new PublishOptions(rules, skipped, stop, (bad, text) -> keep(file, bad, text)));
            PublishSummary summary = publisher.publish(in, format);
            tell(file, summary);
            return new One(summary, publisher.isComplete());
        } catch (PublishException e) {
            tell(file, publisher == null ? PublishSummary.NOTHING : publisher.summary());
            throw new CommandException(shown(file) + ": " + e.getMessage(), e);
        } catch (IOException e) {
            sink.flush();
            PublishSummary summary = publisher == null ? PublishSummary.NOTHING : publisher.summary();
            tell(file, summary);
            throw new CommandException(
                    shown(file) + " cannot be read"
                            + (summary.lines() == 0 ? "" : " after line " + summary.lines())
                            + ": " + FailureText.of(e)
                            + (summary.readings() == 0
                                    ? ""
                                    : ". The " + summary.readings() + " readings before it were published"),
                    e);
        }
    }

    private static InputStream open(String file, BooleanSupplier stop) {
        InputStream in = InputFiles.open(file);
        return InputFiles.isRegular(file) ? in : new StoppableInput(in, stop);
    }

    private void keep(String file, BadLine bad, String text) {
        if (badLines != null) {
            badLines.add(file, bad, text);
        }
    }

    private void tell(String file, PublishSummary summary) {
        String name = file.equals(InputFiles.STANDARD_INPUT) ? "" : file + ", ";
        for (BadLine bad : summary.firstBadLines()) {
            Terminal.notice(name + "line " + bad.line() + ": " + bad.reason());
        }
        if (summary.badLines() > summary.firstBadLines().size()) {
            Terminal.notice(
                    "… and " + (summary.badLines() - summary.firstBadLines().size()) + " more bad lines"
                            + (badLines == null ? "; --bad-lines FILE keeps all of them" : ""));
        }
        total = total.plus(summary);
    }

    private void tellTotal() {
        tellCells();
        Terminal.answer()
                .println(total.readings() + " readings in " + total.records() + " records published from "
                        + total.lines()
                        + " lines, " + total.badLines() + " bad lines"
                        + (total.missing() == 0 ? "" : ", " + total.missing() + " cells without a value"));
    }

    private void tellCells() {
        if (!total.ignored().isEmpty()) {
            Terminal.notice("Ignored, because they hold no number: "
                    + new TreeMap<>(total.ignored())
                            .entrySet().stream()
                                    .map(column -> column.getKey() + " (" + column.getValue() + ")")
                                    .collect(Collectors.joining(", "))
                    + ". Use --booleans or --numeric-text if they are meant as values");
        }
    }

    private static String shown(String file) {
        return file.equals(InputFiles.STANDARD_INPUT) ? "standard input" : file;
    }
}
