package io.weir.local.command.publish;

import io.weir.core.text.FailureText;
import io.weir.local.command.terminal.CommandException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * Resolves the file arguments of a command line: paths, glob patterns that the shell did not expand, or standard input.
 */
final class InputFiles {

    static final String STANDARD_INPUT = "-";

    private InputFiles() {}

    /**
     * Returns the files in argument order; the matches of a pattern are sorted by name.
     *
     * @throws CommandException if a file does not exist or cannot be read
     */
    static List<String> expand(List<String> names) {
        List<String> files = new ArrayList<>();
        for (String name : names) {
            if (name.equals(STANDARD_INPUT)) {
                files.add(name);
                continue;
            }
            Path path = path(name);
            if (Files.exists(path)) {
                requireReadable(path);
                files.add(name);
            } else if (name.matches(".*[*?\\[{].*")) {
                files.addAll(matching(name, path));
            } else {
                throw new CommandException("There is no file " + name);
            }
        }
        return files;
    }

    /** Opens a file, or standard input. */
    static InputStream open(String name) {
        try {
            return name.equals(STANDARD_INPUT) ? System.in : Files.newInputStream(path(name));
        } catch (IOException e) {
            throw new CommandException("The file " + name + " cannot be read: " + FailureText.of(e), e);
        }
    }

    /** Returns whether the file is a regular file, whose end a reader reaches without waiting, unlike a pipe. */
    static boolean isRegular(String name) {
        return !name.equals(STANDARD_INPUT) && Files.isRegularFile(path(name));
    }

    /** Returns the file's length in bytes; -1 if it is not known. */
    static long size(String name) throws IOException {
        return isRegular(name) ? Files.size(path(name)) : -1;
    }

    /**
     * Requires that an output file is not also an input file.
     *
     * @throws CommandException if it is an input file
     */
    static void requireOther(Path written, List<String> read) throws IOException {
        for (String name : read) {
            if (isRegular(name) && Files.exists(written) && Files.isSameFile(written, path(name))) {
                throw new CommandException(
                        "The file " + written + " is an input file: write the bad lines to another file");
            }
        }
    }

    private static List<String> matching(String name, Path pattern) {
        Path directory = pattern.getParent() == null ? Path.of("") : pattern.getParent();
        TreeSet<String> found = new TreeSet<>();
        try (DirectoryStream<Path> files =
                Files.newDirectoryStream(directory, pattern.getFileName().toString())) {
            for (Path file : files) {
                if (!Files.isDirectory(file)) {
                    requireReadable(file);
                    found.add(file.toString());
                }
            }
        } catch (IOException e) {
            throw new CommandException("The directory of " + name + " cannot be read: " + FailureText.of(e), e);
        }
        if (found.isEmpty()) {
            throw new CommandException("No file matches " + name);
        }
        return List.copyOf(found);
    }

    private static void requireReadable(Path path) {
        if (Files.isDirectory(path)) {
            throw new CommandException(path + " is a directory; list its files, for example '"
                    + path.resolve("*.csv").normalize() + "'");
        }
        if (!Files.isReadable(path)) {
            throw new CommandException("The file " + path + " cannot be read: permission denied");
        }
    }

    private static Path path(String name) {
        try {
            return Path.of(name);
        } catch (InvalidPathException e) {
            throw new CommandException(
                    "The path " + name + " cannot be used: " + e.getReason()
                            + ". Start Weir by its launcher, or in a locale with UTF-8",
                    e);
        }
    }
}
