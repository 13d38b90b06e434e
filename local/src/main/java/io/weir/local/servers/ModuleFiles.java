package io.weir.local.servers;

import io.weir.core.text.FailureText;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The files of a module that runs in a process of its own: a directory that holds its jar, the list of the jars that
 * the module needs, and a directory of configuration. A built checkout and an unpacked distribution differ only in
 * where these are.
 *
 * @param jars the directory of the module's jar; relative names in the list are relative to it
 * @param list the class path of the module's dependencies, separated as in a class path
 */
record ModuleFiles(String name, Path jars, Path list, Path conf) {
    private static final Pattern PLACE = Pattern.compile("@([a-z_]+)@");

    /**
     * Returns the files of a module.
     *
     * @param home a checkout, or an unpacked distribution, which has a directory {@code lib}
     * @param module the module's directory in the checkout, such as {@code servers/kafka}
     */
    static ModuleFiles of(Path home, String module) {
        Path root = home.toAbsolutePath();
        String name = Path.of(module).getFileName().toString();
        Path lib = root.resolve("lib");
        if (Files.isDirectory(lib)) {
            return new ModuleFiles(
                    name,
                    lib,
                    lib.resolve(name + ".classpath"),
                    root.resolve("conf").resolve(name));
        }
        Path directory = root.resolve(module);
        Path target = directory.resolve("target");
        return new ModuleFiles(name, target, target.resolve("classpath"), directory.resolve("src/main/conf"));
    }

    /**
     * Returns the module's jar.
     *
     * @throws UnavailableException if there is none
     */
    Path jar() {
        try (Stream<Path> files = Files.list(jars)) {
            return files.filter(file -> file.getFileName().toString().matches("weir-" + name + "-.*\\.jar"))
                    .findFirst()
                    .orElseThrow(() -> new IOException("no jar"));
        } catch (IOException e) {
            throw missing(jars.resolve("weir-" + name + "-VERSION.jar"), e);
        }
    }

    /**
     * Returns the class path of the module's dependencies, with absolute paths.
     *
     * @throws UnavailableException if there is no list
     */
    String dependencies() {
        return Stream.of(read(list).strip().split(File.pathSeparator))
                .map(jar -> jars.resolve(jar).toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    Path conf(String file) {
        return conf.resolve(file);
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
            throw missing(file, e);
        }
    }

    private static UnavailableException missing(Path file, IOException e) {
        return new UnavailableException(
                file + " cannot be read (" + FailureText.of(e)
                        + "). In a checkout, build the project first: ./weir --version, or mvn package. Otherwise,"
                        + " unpack the archive again.",
                e);
    }
}
