package io.weir.local.servers;

import io.weir.core.text.FailureText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The build output for one server: its class path, and configuration files with placeholders. */
record ServerFiles(Path module) {
    private static final Pattern PLACE = Pattern.compile("@([a-z_]+)@");

    /** Returns the files of a server ({@code kafka} or {@code cassandra}) in the checkout at {@code home}. */
    static ServerFiles of(Path home, String server) {
        return new ServerFiles(home.toAbsolutePath().resolve("servers").resolve(server));
    }

    String classpath() {
        return read(module.resolve("target/classpath")).strip();
    }

    Path conf(String file) {
        return module.resolve("src/main/conf").resolve(file);
    }

    /** Copies a configuration file and replaces every {@code @placeholder@}. */
    Path fill(String file, Map<String, String> values, Path directory) {
        String text = PLACE.matcher(read(conf(file))).replaceAll(place -> {
            String value = values.get(place.group(1));
            if (value == null) {
                throw new IllegalArgumentException(
                        conf(file) + " contains " + place.group() + "; expected one of " + values.keySet());
            }
            return Matcher.quoteReplacement(value);
        });
        Path filled = directory.resolve(file);
        try {
            Files.createDirectories(directory);
            return Files.writeString(filled, text);
        } catch (IOException e) {
            throw new UnavailableException("Cannot write " + filled + ": " + FailureText.of(e), e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UnavailableException(
                    file + " cannot be read. Build the project first: ./weir --version, or mvn package.", e);
        }
    }
}
