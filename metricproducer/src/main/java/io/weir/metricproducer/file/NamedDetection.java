package io.weir.metricproducer.file;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Guesses which cells of a file that names them are time, device and group. */
final class NamedDetection {

    private static final Set<String> TIMES = Set.of(
            "time",
            "timestamp",
            "ts",
            "date",
            "datetime",
            "date_time",
            "t",
            "at",
            "when",
            "created",
            "datum",
            "zeit",
            "zeitstempel",
            "stamp",
            "tstamp",
            "epoch");

    private static final Set<String> DEVICES = Set.of(
            "device",
            "device_id",
            "deviceid",
            "devid",
            "dev",
            "sensor",
            "sensor_id",
            "sensorid",
            "serial",
            "serial_number",
            "serialnumber",
            "meter",
            "meter_id",
            "station",
            "station_id",
            "host",
            "hostname",
            "node",
            "machine",
            "asset",
            "logger",
            "unit",
            "id",
            "name",
            "geraet",
            "gerät",
            "sno");

    private static final Set<String> GROUPS = Set.of("group", "site", "plant", "building", "location", "area", "hall");

    private NamedDetection() {}

    static boolean isTime(String column) {
        return TIMES.contains(word(column));
    }

    /** Returns the column that names the device, by its own name. */
    static Optional<String> device(List<String> columns) {
        return columns.stream().filter(column -> DEVICES.contains(word(column))).findFirst();
    }

    static Optional<String> group(List<String> columns) {
        return columns.stream().filter(column -> GROUPS.contains(word(column))).findFirst();
    }

    /** Returns a device for a file in which no column names one: the file's own name. */
    static String deviceOf(String file) {
        String name = file.substring(file.replace('\\', '/').lastIndexOf('/') + 1);
        return "=" + name.replaceFirst("\\.(csv|tsv|txt|json|jsonl|ndjson|lp)?(\\.gz)?$", "");
    }

    /**
     * Guesses the mapping of records that name their cells.
     *
     * @param cells those of one record, or of several
     * @param metrics null to choose the numbers among the fields
     */
    static Detection of(String format, NamedCells cells, String file, @Nullable String metrics) {
        List<String> options = new ArrayList<>(List.of("--format", format));
        List<String> notes = new ArrayList<>();
        List<String> names = List.copyOf(cells.headers().keySet());
        Optional<String> time = names.stream().filter(NamedDetection::isTime).findFirst();
        if (!format.equals("influx")) {
            time.ifPresent(name -> {
                options.addAll(List.of("--time", name));
                Optional<String> timeFormat = TimeDetection.format(List.of(cells.header(name)));
                timeFormat.ifPresent(found -> options.addAll(List.of("--time-format", found)));
                timeFormat.filter(TimeDetection::isLocal).ifPresent(found -> notes.add(TimeDetection.ZONE_NOTE));
            });
        }
        if (time.isEmpty()) {
            notes.add("No field looks like a time: name one with --time, among " + String.join(", ", names));
        }
        Optional<String> device = device(names);
        options.addAll(List.of("--device", device.orElseGet(() -> deviceOf(file))));
        Optional<String> group = group(names).filter(name -> !device.equals(Optional.of(name)));
        group.ifPresent(name -> options.addAll(List.of("--group", name)));
        List<String> header = Arrays.asList(time.orElse(""), device.orElse(""), group.orElse(""));
        List<String> numbers = cells.fields().entrySet().stream()
                .filter(field -> field.getValue().kind() == Cell.Kind.NUMBER && !header.contains(field.getKey()))
                .map(Map.Entry::getKey)
                .toList();
        options.addAll(List.of("--metrics", metrics == null ? metrics(numbers) : metrics));
        return new Detection(options, notes);
    }

    /** Returns the object that all numbers are in, with a star, or the numbers themselves. */
    private static String metrics(List<String> numbers) {
        String first = numbers.isEmpty() ? "" : numbers.get(0);
        String object = first.substring(0, first.lastIndexOf('.') + 1);
        if (numbers.isEmpty() || (!object.isEmpty() && numbers.stream().allMatch(name -> name.startsWith(object)))) {
            return object + "*";
        }
        return String.join(",", numbers);
    }

    /** Returns the last part of a column's name in lower case: what it is called, without the objects that it is in. */
    private static String word(String column) {
        return column.substring(column.lastIndexOf('.') + 1)
                .strip()
                .toLowerCase(Locale.ROOT)
                .replace(' ', '_');
    }
}
