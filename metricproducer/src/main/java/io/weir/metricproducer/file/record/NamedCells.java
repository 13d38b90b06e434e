package io.weir.metricproducer.file.record;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The cells of a record with named fields.
 *
 * @param headers the candidates for time, device, group and metric names, by name
 * @param fields the candidates for values, by name; in the record's order
 */
public record NamedCells(Map<String, Content> headers, Map<String, Content> fields) {

    private static final int MAX_SHOWN = 20;

    /** The typed content of a cell. */
    public record Content(Cell.Kind kind, String text) {}

    /** Maps the cells to a row, or to a bad record with the reason. */
    public FileRecord row(long line, String text, RowMapping mapping) {
        List<String> times = mapping.time().among(headers::containsKey);
        for (String needed : times) {
            if (!headers.containsKey(needed)) {
                return bad(line, text, needed);
            }
        }
        if (mapping.device() instanceof CellSource.Column column && !headers.containsKey(column.name())) {
            return bad(line, text, column.name());
        }
        List<Cell> cells = new ArrayList<>();
        for (MetricCell metric : mapping.metrics()) {
            for (Map.Entry<String, Content> field : fields.entrySet()) {
                String name = field.getKey();
                if (metric.isPattern()
                        ? metric.matches(name) && !mapping.isHeader(name)
                        : metric.value().equals(name)) {
                    cells.add(new Cell(
                            name,
                            metric.isPattern() ? metric.metricOf(name) : text(metric.metric()),
                            field.getValue().kind(),
                            field.getValue().text()));
                }
            }
        }
        if (cells.isEmpty()) {
            return bad(
                    line,
                    text,
                    mapping.metrics().stream().map(MetricCell::value).collect(Collectors.joining(", ")));
        }
        return new FileRecord.Row(
                line,
                text,
                times.stream().map(this::header).collect(Collectors.joining(" ")),
                text(mapping.device()),
                mapping.group() == null ? "" : text(mapping.group()),
                cells);
    }

    private String text(CellSource source) {
        if (source instanceof CellSource.Constant constant) {
            return constant.value();
        }
        return header(((CellSource.Column) source).name());
    }

    /** Returns the text of a time or name cell; empty if there is no such cell. */
    public String header(String name) {
        Content content = headers.get(name);
        return content == null || content.kind() == Cell.Kind.NULL ? "" : content.text();
    }

    private FileRecord bad(long line, String text, String absent) {
        TreeSet<String> found = new TreeSet<>(headers.keySet());
        found.addAll(fields.keySet());
        return new FileRecord.Bad(
                line,
                text,
                "found no field \"" + absent + "\", but "
                        + found.stream().limit(MAX_SHOWN).collect(Collectors.joining(", "))
                        + (found.size() > MAX_SHOWN ? ", …" : ""));
    }
}
