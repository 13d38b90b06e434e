package io.weir.local.command.publish;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.weir.core.text.FailureText;
import io.weir.local.command.terminal.CommandException;
import io.weir.metricproducer.file.BadLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes bad lines to a file, one JSON object per line: {@code {"file":…,"line":…,"reason":…,"text":…}}. */
final class BadLinesFile implements AutoCloseable {

    private final Path path;
    private final JsonGenerator json;

    private BadLinesFile(Path path, JsonGenerator json) {
        this.path = path;
        this.json = json;
    }

    /** Creates the file, or truncates an existing one. */
    static BadLinesFile create(Path path) {
        try {
            JsonGenerator json = new JsonFactory().createGenerator(Files.newBufferedWriter(path));
            json.setRootValueSeparator(null);
            return new BadLinesFile(path, json);
        } catch (IOException e) {
            throw failure(path, e);
        }
    }

    /** Adds a bad line and the text of its record. */
    void add(String file, BadLine bad, String text) {
        try {
            json.writeStartObject();
            json.writeStringField("file", file);
            json.writeNumberField("line", bad.line());
            json.writeStringField("reason", bad.reason());
            json.writeStringField("text", text);
            json.writeEndObject();
            json.writeRaw('\n');
        } catch (IOException e) {
            throw failure(path, e);
        }
    }

    @Override
    public void close() {
        try {
            json.close();
        } catch (IOException e) {
            throw failure(path, e);
        }
    }

    private static CommandException failure(Path path, IOException e) {
        return new CommandException("The bad lines cannot be written to " + path + ": " + FailureText.of(e), e);
    }
}
