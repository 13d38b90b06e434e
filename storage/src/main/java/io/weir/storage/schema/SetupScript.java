package io.weir.storage.schema;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The configured {@code setup.cql}: its text, its statements, and the tables that it defines. Parses only the plain CQL
 * of that file: a statement ends with its line, no string contains {@code --} or a bracket, and the primary key comes
 * last.
 */
public final class SetupScript {

    private static final Pattern CREATE_TABLE = Pattern.compile(
            "CREATE TABLE IF NOT EXISTS (\\w+) \\((.*)PRIMARY KEY \\(\\((.*?)\\)(.*?)\\)\\s*\\)(.*)", Pattern.DOTALL);
    private static final Pattern COLUMN = Pattern.compile("(\\w+)\\s+(\\w+(?:<[\\w<>, ]+>)?)(?:\\s+static)?\\s*,");
    private static final Pattern TIME_TO_LIVE = Pattern.compile("default_time_to_live = (\\d+)");

    private final String text;

    private SetupScript(String text) {
        this.text = text;
    }

    public static SetupScript of(SchemaSettings settings) {
        StringBuilder text = new StringBuilder();
        String table = "";
        for (String line : (Iterable<String>) shipped().lines()::iterator) {
            if (line.startsWith("CREATE TABLE")) {
                table = line.replaceAll("CREATE TABLE IF NOT EXISTS (\\w+).*", "$1");
            }
            String configured = line.replace("EXISTS weir", "EXISTS " + settings.keyspace())
                    .replace("USE weir;", "USE " + settings.keyspace() + ";")
                    .replace(SchemaSettings.DEFAULT.replication(), settings.replication())
                    .replaceAll("(default_time_to_live =) 0", "$1 " + settings.timeToLiveOf(table));
            text.append(configured).append('\n');
        }
        return new SetupScript(text.toString());
    }

    /** Returns the whole script with its comments, for users and for cqlsh. */
    String text() {
        return text;
    }

    /** Returns the statements without comments, in order; the first creates the keyspace, the second uses it. */
    List<String> statements() {
        return Stream.of(text.replaceAll("--.*", "").split(";\\s*\\R"))
                .map(String::strip)
                .filter(statement -> !statement.isEmpty())
                .toList();
    }

    public List<TableDefinition> tables() {
        List<TableDefinition> tables = new ArrayList<>();
        for (String statement : statements()) {
            Matcher create = CREATE_TABLE.matcher(statement);
            if (create.matches()) {
                tables.add(new TableDefinition(
                        create.group(1),
                        columns(create.group(2)),
                        names(create.group(3)),
                        clustering(names(create.group(4)), create.group(5)),
                        timeToLive(create.group(5))));
            }
        }
        return tables;
    }

    private static Map<String, String> columns(String text) {
        Map<String, String> columns = new LinkedHashMap<>();
        Matcher column = COLUMN.matcher(text);
        while (column.find()) {
            columns.put(column.group(1), column.group(2));
        }
        return columns;
    }

    private static List<String> names(String text) {
        return Stream.of(text.split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
    }

    private static List<String> clustering(List<String> columns, String options) {
        return columns.stream()
                .map(column -> column + (options.contains(column + " DESC") ? " desc" : " asc"))
                .toList();
    }

    private static int timeToLive(String options) {
        Matcher seconds = TIME_TO_LIVE.matcher(options);
        return seconds.find() ? Integer.parseInt(seconds.group(1)) : 0;
    }

    private static String shipped() {
        try (InputStream in = SetupScript.class.getResourceAsStream("/setup.cql")) {
            if (in == null) {
                throw new IllegalStateException("setup.cql is missing from the jar");
            }
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
