package io.weir.metricproducer.file.detection;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.weir.core.reading.Reading;
import io.weir.metricproducer.file.LinePoint;
import io.weir.metricproducer.file.LineProtocolRows;
import io.weir.metricproducer.file.PublishRules;
import io.weir.metricproducer.file.json.JsonRecords;
import io.weir.metricproducer.file.json.JsonRows;
import io.weir.metricproducer.file.record.FileRecord;
import io.weir.metricproducer.file.record.FileRecord.JsonText;
import io.weir.metricproducer.file.record.NamedCells;
import io.weir.metricproducer.file.record.NamedCells.Content;
import io.weir.metricproducer.file.record.RecordSource;
import io.weir.metricproducer.file.text.FileInput;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Options that may publish a file, guessed from its beginning. The user must check them: a file does not contain the
 * order of day and month, the time zone or the unit of a value.
 *
 * @param options of {@code weir publish}
 * @param notes the uncertain guesses, for the user
 */
public record Detection(List<String> options, List<String> notes) {

    private static final int SAMPLE_BYTES = 256 * 1024;
    private static final int SAMPLE_RECORDS = 200;
    private static final Charset OTHER_CHARSET = Charset.forName("windows-1252");

    public Detection {
        options = List.copyOf(options);
        notes = List.copyOf(notes);
    }

    /** Returns whether the options are complete. */
    public boolean isComplete() {
        return options.contains("--time") || !options.contains("csv");
    }

    /**
     * Detects the options from the beginning of a file.
     *
     * @param name the file's name, used as the device if no column names it
     */
    public static Detection of(FileInput file, String name) throws IOException {
        byte[] sample = file.sample(SAMPLE_BYTES);
        List<String> options = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        String text = decoded(sample, file.charset());
        if (text == null) {
            options.addAll(List.of("--charset", OTHER_CHARSET.name()));
            notes.add("The file is not " + file.charset() + "; " + OTHER_CHARSET + " is a guess: check its letters");
            text = new String(sample, OTHER_CHARSET);
        }
        Detection found = ofText(wholeLines(text.replace("\uFEFF", ""), sample.length == SAMPLE_BYTES), name);
        options.addAll(0, found.options());
        notes.addAll(found.notes());
        return new Detection(options, notes);
    }

    private static Detection ofText(String text, String name) throws IOException {
        String start = text.stripLeading();
        if (start.startsWith("{") || start.startsWith("[")) {
            return ofJson(text, name);
        }
        Optional<NamedCells> point = point(text);
        if (point.isPresent()) {
            return NamedDetection.of(
                    "influx", point.get(), name, point.get().header(LineProtocolRows.MEASUREMENT) + ".*");
        }
        return CsvDetection.of(text, name);
    }

    private static Detection ofJson(String text, String name) throws IOException {
        try (FileInput in = FileInput.open(new ByteArrayInputStream(text.getBytes(UTF_8)), UTF_8)) {
            RecordSource source = new JsonRecords(in.lines());
            PublishRules rules = PublishRules.ofDefaults();
            Map<String, Content> fields = new LinkedHashMap<>();
            int read = 0;
            FileRecord record = source.next();
            while (record != null && read < SAMPLE_RECORDS) {
                if (record instanceof FileRecord.Values values) {
                    for (JsonText value : values.values()) {
                        if (rules.check(value.text().getBytes(UTF_8)).get(0) instanceof Reading) {
                            return new Detection(List.of("--format", "json"), List.of());
                        }
                        addFields(value.text(), fields);
                        read++;
                    }
                }
                record = source.next();
            }
            return NamedDetection.of("json", new NamedCells(fields, fields), name, null);
        }
    }

    private static void addFields(String json, Map<String, Content> fields) throws IOException {
        try {
            JsonRows.fields(json).forEach(fields::putIfAbsent);
        } catch (JsonProcessingException | IllegalArgumentException e) {
            // has no usable fields; the preview reports it
            return;
        }
    }

    private static Optional<NamedCells> point(String text) {
        return text.lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .findFirst()
                .flatMap(line -> {
                    try {
                        NamedCells point = LinePoint.parse(line);
                        return point.headers().containsKey(LineProtocolRows.TIME)
                                ? Optional.of(point)
                                : Optional.empty();
                    } catch (IllegalArgumentException e) {
                        return Optional.empty();
                    }
                });
    }

    private static @Nullable String decoded(byte[] sample, Charset charset) {
        int length = sample.length;
        // The last character of the sample may be incomplete.
        for (int cut = 0; cut < 4 && cut <= length; cut++) {
            String text = decoded(ByteBuffer.wrap(sample, 0, length - cut), charset);
            if (text != null) {
                return text;
            }
        }
        return null;
    }

    private static @Nullable String decoded(ByteBuffer bytes, Charset charset) {
        try {
            return charset.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    private static String wholeLines(String text, boolean cut) {
        int end = cut ? text.lastIndexOf('\n') : -1;
        return end < 0 ? text : text.substring(0, end + 1);
    }
}
