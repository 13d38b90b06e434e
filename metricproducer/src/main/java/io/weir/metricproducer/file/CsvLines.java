package io.weir.metricproducer.file;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes one record of each row: a reading per metric. A cell that holds no number costs its own reading alone. */
final class CsvLines implements LineFormat {

    private static final JsonFactory JSON = new JsonFactory();

    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");

    private final CsvMapping mapping;
    private @Nullable Places places;

    CsvLines(CsvMapping mapping) {
        this.mapping = mapping;
    }

    @Override
    public Converted convert(byte[] line) {
        List<String> row;
        try {
            row = CsvRow.parse(line);
        } catch (IllegalArgumentException e) {
            return Converted.bad(String.valueOf(e.getMessage()));
        }
        if (places == null) {
            places = Places.of(mapping, mapping.header() ? CsvColumns.named(row) : CsvColumns.numbered(row.size()));
            return mapping.header() ? Converted.NOTHING : convert(row, places);
        }
        return convert(row, places);
    }

    private Converted convert(List<String> row, Places found) {
        if (row.size() != found.width()) {
            return Converted.bad("found " + row.size() + " cells, expected " + found.width() + " as in the first line");
        }
        Instant time;
        try {
            time = mapping.timeFormat().parse(row.get(found.time()));
        } catch (DateTimeException e) {
            return Converted.bad("column \"" + mapping.time() + "\": \"" + row.get(found.time()) + "\" is no time: "
                    + e.getMessage());
        }
        List<String> faults = new ArrayList<>();
        Map<String, Double> values = values(row, found, faults);
        String device = cell(row, mapping.device(), found.device());
        String group = mapping.group() == null ? "" : cell(row, mapping.group(), found.group());
        return values.isEmpty()
                ? new Converted(null, faults)
                : new Converted(json(device, group, time, values), faults);
    }

    private static String cell(List<String> row, CellSource source, int index) {
        return source instanceof CellSource.Constant constant ? constant.value() : row.get(index);
    }

    private Map<String, Double> values(List<String> row, Places found, List<String> faults) {
        Map<String, Double> values = new LinkedHashMap<>();
        for (int i = 0; i < mapping.metrics().size(); i++) {
            MetricCell metric = mapping.metrics().get(i);
            MetricPlace place = found.metrics().get(i);
            String cell = row.get(place.value());
            double value = NUMBER.matcher(cell).matches() ? Double.parseDouble(cell) : Double.NaN;
            if (Double.isFinite(value)) {
                values.put(cell(row, metric.metric(), place.metric()), value);
            } else {
                faults.add("column \"" + metric.value() + "\": "
                        + (cell.isEmpty() ? "the cell is empty" : "found \"" + cell + "\"") + ", expected a number");
            }
        }
        return values;
    }

    private static byte[] json(String device, String group, Instant time, Map<String, Double> values) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(256);
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField("device", device);
            if (!group.isEmpty()) {
                json.writeStringField("group", group);
            }
            json.writeStringField("time", time.toString());
            if (values.size() == 1) {
                Map.Entry<String, Double> only = values.entrySet().iterator().next();
                json.writeStringField("metric", only.getKey());
                json.writeNumberField("value", only.getValue());
            } else {
                json.writeObjectFieldStart("values");
                for (Map.Entry<String, Double> entry : values.entrySet()) {
                    json.writeNumberField(entry.getKey(), entry.getValue());
                }
                json.writeEndObject();
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** Where the rows of this file have what the mapping asks for; constants have no place. */
    private record Places(int width, int time, int device, int group, List<MetricPlace> metrics) {

        private static final int NONE = -1;

        static Places of(CsvMapping mapping, CsvColumns columns) {
            return new Places(
                    columns.width(),
                    columns.indexOf(mapping.time()),
                    placeOf(mapping.device(), columns),
                    placeOf(mapping.group(), columns),
                    mapping.metrics().stream()
                            .map(cell ->
                                    new MetricPlace(placeOf(cell.metric(), columns), columns.indexOf(cell.value())))
                            .toList());
        }

        private static int placeOf(@Nullable CellSource source, CsvColumns columns) {
            return source instanceof CellSource.Column column ? columns.indexOf(column.name()) : NONE;
        }
    }

    private record MetricPlace(int metric, int value) {}
}
