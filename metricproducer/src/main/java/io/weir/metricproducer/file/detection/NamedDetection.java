package io.weir.metricproducer.file.detection;

import io.weir.metricproducer.file.record.Cell;
import io.weir.metricproducer.file.record.NamedCells;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Guesses the time, device and group cells of a file with named cells. */
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

    /** Returns the column of the device, detected by its name. */
    static Optional<String> device(List<String> columns) {
        return columns.stream().filter(column -> DEVICES.contains(word(column))).findFirst();
    }

    static Optional<String> group(List<String> columns) {
        return columns.stream().filter(column -> GROUPS.contains(word(column))).findFirst();
    }

    /** Returns the device of a file without a device column: the file's name. */
    static String deviceOf(String file) {
        String name = file.substring(file.replace('\\', '/').lastIndexOf('/') + 1);
        return "=" + name.replaceFirst("\\.(csv|tsv|txt|json|jsonl|ndjson|lp)?(\\.gz)?$", "");
    }

    /**
     * Guesses the mapping of records with named cells.
     *
     * @param cells the cells of one or several records
     * @param metrics null to select the numeric fields
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
            notes.add("No field looks like a time: choose one with --time, among " + String.join(", ", names));
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

    /** Returns the pattern of the object that contains all numbers, or the numbers' fields. */
    private static String metrics(List<String> numbers) {
        String first = numbers.isEmpty() ? "" : numbers.get(0);
        String object = first.substring(0, first.lastIndexOf('.') + 1);
        if (numbers.isEmpty() || (!object.isEmpty() && numbers.stream().allMatch(name -> name.startsWith(object)))) {
            return object + "*";
        }
        return String.join(",", numbers);
    }

    /** Returns the last segment of a column's path in lower case. */
    private static String word(String column) {
        return column.substring(column.lastIndexOf('.') + 1)
                .strip()
                .toLowerCase(Locale.ROOT)
                .replace(' ', '_');
    }
}
