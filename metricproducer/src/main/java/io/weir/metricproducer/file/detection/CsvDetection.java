package io.weir.metricproducer.file.detection;

import io.weir.metricproducer.PublishException;
import io.weir.metricproducer.file.record.ValueRules;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** Guesses the dialect of a CSV file, and the mapping of its columns. */
final class CsvDetection {

    private static final List<String> DELIMITERS = List.of(";", "\t", "|", ",");
    private static final int MAX_ROWS = 200;
    private static final int MAX_UNIT_LINES = 3;
    private static final int MAX_MISSING_WORDS = 10;
    private static final Set<String> SENTINELS = Set.of("-999", "-9999", "-99999", "9999", "99999", "-32768");

    private final String delimiter;
    private final List<Row> rows;
    private final int width;

    /** The index in {@link #rows} of the first row that is not blank and has the most common width. */
    private final int first;

    private record Row(long line, List<String> cells) {}

    private CsvDetection(String delimiter, List<Row> rows) {
        this.delimiter = delimiter;
        this.rows = rows;
        this.width = usualWidth(rows);
        this.first = IntStream.range(0, rows.size())
                .filter(row -> rows.get(row).cells().size() == width)
                .findFirst()
                .orElse(0);
    }

    /** @throws PublishException if the text has no columns */
    static Detection of(String text, String file) {
        return DELIMITERS.stream()
                .map(delimiter -> new CsvDetection(delimiter, rows(text, delimiter)))
                .filter(read -> read.width > 1)
                .max(Comparator.comparingLong(CsvDetection::usualRows))
                .orElseThrow(() -> new PublishException(
                        "no format was recognised: no line is JSON or line protocol, and none of ; , | and tab splits"
                                + " the lines into the same number of cells"))
                .detection(file);
    }

    private Detection detection(String file) {
        List<String> options = new ArrayList<>(List.of("--format", "csv"));
        List<String> notes = new ArrayList<>();
        if (!delimiter.equals(",")) {
            options.addAll(List.of("--delimiter", delimiter.equals("\t") ? "tab" : delimiter));
        }
        boolean decimalComma = !delimiter.equals(",")
                && rows.stream().flatMap(row -> row.cells().stream()).anyMatch(cell -> cell.matches("[+-]?\\d+,\\d+"));
        ValueRules numbers = new ValueRules(Set.of(), decimalComma, false, false);
        boolean header = rows.get(first).cells().stream().noneMatch(cell -> isData(cell, numbers));
        List<String> names = header
                ? rows.get(first).cells()
                : IntStream.rangeClosed(1, width).mapToObj(Integer::toString).toList();
        Time time = time(names, header ? first + 1 : first);
        if (rows.get(first).line() > 1) {
            options.addAll(List.of("--skip-lines", Long.toString(rows.get(first).line() - 1)));
        }
        if (!header) {
            options.add("--no-header");
        } else if (time.from > first + 1) {
            options.addAll(List.of("--header-lines", Integer.toString(time.from - first)));
        }
        if (decimalComma) {
            options.add("--decimal-comma");
        }
        addTime(time, names, options, notes);
        List<String> free = new ArrayList<>(names);
        time.columns.forEach(column -> free.remove(names.get(column)));
        addMetrics(names, free, time.from, numbers, file, options, notes);
        return new Detection(options, notes);
    }

    private static void addTime(Time time, List<String> names, List<String> options, List<String> notes) {
        if (time.columns.isEmpty()) {
            notes.add("No column looks like a time: choose one with --time, among " + String.join(", ", names));
            return;
        }
        options.addAll(List.of("--time", time.columns.stream().map(names::get).collect(Collectors.joining(","))));
        options.addAll(List.of("--time-format", time.format));
        TimeDetection.swapped(time.format, time.texts)
                .ifPresent(
                        other -> notes.add("Day and month may be swapped: if so, use --time-format '" + other + "'"));
        if (TimeDetection.isLocal(time.format)
                && time.texts.stream()
                        .noneMatch(text -> text.matches(".*(Z|[+-]\\d\\d:?(\\d\\d)?)$") && time.format.equals("iso"))) {
            notes.add(TimeDetection.ZONE_NOTE);
        }
    }

    private void addMetrics(
            List<String> names,
            List<String> free,
            int from,
            ValueRules numbers,
            String file,
            List<String> options,
            List<String> notes) {
        Optional<String> device = NamedDetection.device(free);
        device.ifPresent(free::remove);
        Optional<String> group =
                NamedDetection.group(free).filter(name -> !isNumeric(names.indexOf(name), from, numbers));
        group.ifPresent(free::remove);
        List<String> metrics = free.stream()
                .filter(name -> !name.isBlank() && !name.contains(",") && isNumeric(names.indexOf(name), from, numbers))
                .toList();
        options.addAll(List.of("--device", device.orElseGet(() -> NamedDetection.deviceOf(file))));
        group.ifPresent(name -> options.addAll(List.of("--group", name)));
        options.addAll(List.of("--metrics", metrics.isEmpty() ? "*" : String.join(",", metrics)));
        Set<String> words = new LinkedHashSet<>();
        for (String metric : metrics) {
            column(names.indexOf(metric), from)
                    .filter(cell -> !cell.isEmpty() && (!numbers.isNumber(cell) || SENTINELS.contains(cell)))
                    .forEach(words::add);
        }
        words.removeIf(word -> word.contains(","));
        if (!words.isEmpty()) {
            options.addAll(
                    List.of("--missing", words.stream().limit(MAX_MISSING_WORDS).collect(Collectors.joining(","))));
            notes.add("Treated as missing values: " + String.join(", ", words) + "; check that this is intended");
        }
    }

    private boolean isNumeric(int column, int from, ValueRules numbers) {
        List<String> filled =
                column(column, from).filter(cell -> !cell.isEmpty()).toList();
        long values = filled.stream().filter(numbers::isNumber).count();
        long words = filled.stream()
                .filter(cell -> !numbers.isNumber(cell))
                .distinct()
                .count();
        return values > 0 && 5 * values >= filled.size() && words <= MAX_MISSING_WORDS;
    }

    private Stream<String> column(int column, int from) {
        return rows.subList(from, rows.size()).stream()
                .map(Row::cells)
                .filter(cells -> cells.size() > column && !cells.stream().allMatch(String::isBlank))
                .map(cells -> cells.get(column).strip());
    }

    /** The columns of the times. */
    private record Time(List<Integer> columns, String format, List<String> texts, int from) {}

    private Time time(List<String> names, int firstData) {
        List<Integer> columns = IntStream.range(0, width)
                .boxed()
                .sorted(Comparator.comparing(column -> !NamedDetection.isTime(names.get(column))))
                .toList();
        for (int from = firstData; from <= firstData + MAX_UNIT_LINES && from < rows.size(); from++) {
            for (int column : columns) {
                List<String> texts = column(column, from).toList();
                Optional<String> format = TimeDetection.instantFormat(texts);
                if (format.isPresent()) {
                    return new Time(List.of(column), format.get(), texts, from);
                }
            }
            for (int column = 0; column + 1 < width; column++) {
                List<String> dates = column(column, from).toList();
                List<String> times = column(column + 1, from).toList();
                List<String> texts = IntStream.range(0, Math.min(dates.size(), times.size()))
                        .mapToObj(row -> dates.get(row) + " " + times.get(row))
                        .toList();
                Optional<String> format = TimeDetection.instantFormat(texts);
                if (format.isPresent()) {
                    return new Time(List.of(column, column + 1), format.get(), texts, from);
                }
            }
            for (int column : columns) {
                List<String> texts = column(column, from).toList();
                Optional<String> format = TimeDetection.format(texts);
                if (format.isPresent()) {
                    return new Time(List.of(column), format.get(), texts, from);
                }
            }
        }
        return new Time(List.of(), "", List.of(), Math.min(firstData, rows.size()));
    }

    private static boolean isData(String cell, ValueRules numbers) {
        return numbers.isNumber(cell.strip())
                || TimeDetection.format(List.of(cell)).isPresent();
    }

    private long usualRows() {
        return rows.stream().filter(row -> row.cells().size() == width).count();
    }

    private static int usualWidth(List<Row> rows) {
        Map<Integer, Long> counts = new LinkedHashMap<>();
        rows.forEach(row -> counts.merge(row.cells().size(), 1L, Long::sum));
        return counts.entrySet().stream()
                .max(Map.Entry.<Integer, Long>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey)
                .orElse(0);
    }

    /** Returns the first rows, up to the first unreadable one. */
    private static List<Row> rows(String text, String delimiter) {
        CSVFormat format = CSVFormat.RFC4180
                .builder()
                .setDelimiter(delimiter)
                .setIgnoreSurroundingSpaces(true)
                .get();
        List<Row> rows = new ArrayList<>();
        try (CSVParser parser = CSVParser.builder()
                .setReader(new StringReader(text))
                .setFormat(format)
                .get()) {
            Iterator<CSVRecord> records = parser.iterator();
            long line = 1;
            while (rows.size() < MAX_ROWS && records.hasNext()) {
                List<String> cells = records.next().toList();
                if (!cells.stream().allMatch(String::isBlank)) {
                    rows.add(new Row(line, cells));
                }
                line = parser.getCurrentLineNumber() + 1;
            }
        } catch (IOException | UncheckedIOException e) {
            return rows; // use the rows before it
        }
        return rows;
    }
}
