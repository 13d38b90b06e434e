package io.weir.metricproducer.file;

import io.weir.metricproducer.file.record.Cell;
import io.weir.metricproducer.file.record.NamedCells;
import io.weir.metricproducer.file.record.NamedCells.Content;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parses one point of InfluxDB line protocol: {@code measurement,tag=a field=1.5,other=7i 1762153200000000000}. */
public final class LinePoint {

    private static final Pattern NUMBER = Pattern.compile("([+-]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d+)?)[iu]?");
    private static final Pattern TIMESTAMP = Pattern.compile("-?\\d{1,30}");

    private final String text;
    private final Map<String, Content> headers = new LinkedHashMap<>();
    private final Map<String, Content> fields = new LinkedHashMap<>();
    private int at;

    private LinePoint(String text) {
        this.text = text;
    }

    /** Returns the cells of the point; throws IllegalArgumentException with the reason if the text is invalid. */
    public static NamedCells parse(String text) {
        LinePoint point = new LinePoint(text.stripTrailing());
        point.read();
        return new NamedCells(point.headers, point.fields);
    }

    /** Returns whether the text ends inside quotes, so that the point continues in the next line. */
    static boolean endsInText(CharSequence text) {
        boolean quoted = false;
        boolean inFields = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == ' ' && !quoted) {
                inFields = true;
            } else if (c == '"' && inFields && (quoted || text.charAt(i - 1) == '=')) {
                quoted = !quoted;
            }
        }
        return quoted;
    }

    private void read() {
        String measurement = name(", ", "a measurement");
        put(headers, LineProtocolRows.MEASUREMENT, new Content(Cell.Kind.TEXT, measurement));
        while (isAt(',')) {
            at++;
            String tag = name("=, ", "a tag such as device=d-17");
            pass('=', "= after the tag " + tag);
            put(headers, tag, new Content(Cell.Kind.TEXT, name(", ", "a value of the tag " + tag)));
        }
        pass(' ', "a space between tags and fields");
        readFields(measurement);
        if (at < text.length()) {
            pass(' ', "a space between fields and timestamp");
            String time = text.substring(at).strip();
            if (!TIMESTAMP.matcher(time).matches()) {
                throw fault("a timestamp in digits");
            }
            put(headers, LineProtocolRows.TIME, new Content(Cell.Kind.NUMBER, time));
        }
    }

    private void readFields(String measurement) {
        do {
            String field = name("=, ", "a field such as temperature=21.5");
            pass('=', "= after the field " + field);
            put(fields, measurement + "." + field, isAt('"') ? quoted() : unquoted());
        } while (isAt(',') && at++ < text.length());
    }

    private Content quoted() {
        StringBuilder value = new StringBuilder();
        at++;
        while (at < text.length() && !isAt('"')) {
            if (isAt('\\') && at + 1 < text.length() && "\"\\".indexOf(text.charAt(at + 1)) >= 0) {
                at++;
            }
            value.append(text.charAt(at++));
        }
        pass('"', "the end of a text in quotes");
        return new Content(Cell.Kind.TEXT, value.toString());
    }

    private Content unquoted() {
        String value = name(", ", "a number, true or false, or a text in quotes");
        Matcher number = NUMBER.matcher(value);
        if (number.matches()) {
            return new Content(Cell.Kind.NUMBER, number.group(1));
        }
        return switch (value) {
            case "t", "T", "true", "True", "TRUE" -> new Content(Cell.Kind.BOOLEAN, "true");
            case "f", "F", "false", "False", "FALSE" -> new Content(Cell.Kind.BOOLEAN, "false");
            default -> {
                at -= value.length();
                throw fault("a number, true or false, or a text in quotes");
            }
        };
    }

    /** Reads up to one of the given characters, unless a backslash escapes it. */
    private String name(String stops, String expected) {
        StringBuilder name = new StringBuilder();
        while (at < text.length() && stops.indexOf(text.charAt(at)) < 0) {
            if (isAt('\\') && at + 1 < text.length() && ",= ".indexOf(text.charAt(at + 1)) >= 0) {
                at++;
            }
            name.append(text.charAt(at++));
        }
        if (name.isEmpty()) {
            throw fault(expected);
        }
        return name.toString();
    }

    private boolean isAt(char c) {
        return at < text.length() && text.charAt(at) == c;
    }

    private void pass(char c, String expected) {
        if (!isAt(c)) {
            throw fault(expected);
        }
        at++;
    }

    private IllegalArgumentException fault(String expected) {
        return new IllegalArgumentException("not line protocol at character " + (at + 1) + ": expected " + expected);
    }

    private static void put(Map<String, Content> cells, String name, Content content) {
        if (cells.put(name, content) != null) {
            throw new IllegalArgumentException("\"" + name + "\" is given more than once");
        }
    }
}
