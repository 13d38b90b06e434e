package io.weir.local.servers;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The command line of a child JVM, which starts {@link ChildMain}.
 *
 * @param directory the directory that the child locks while it runs
 */
record JavaCommand(String classpath, List<String> options, Path directory, String mainClass, List<String> arguments) {

    /** More options for all children, separated by spaces; they override the configured ones. */
    private static final String MORE_OPTIONS = System.getProperty("weir.child.options", "");

    JavaCommand {
        options = List.copyOf(options);
        arguments = List.copyOf(arguments);
    }

    List<String> words() {
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.add("-XX:ErrorFile="
                + directory.toAbsolutePath().resolve("hs_err_pid%p.log")); // not in the user's working directory
        words.add("-Djava.io.tmpdir=" + ChildMain.temporaryFiles(directory.toAbsolutePath()));
        words.addAll(options);
        words.addAll(
                MORE_OPTIONS.isBlank()
                        ? List.of()
                        : List.of(MORE_OPTIONS.strip().split(" +")));
        words.add("-cp");
        words.add(classpath + System.getProperty("path.separator") + ownClasses());
        words.add(ChildMain.class.getName());
        words.add(directory.toString());
        words.add(mainClass);
        words.addAll(arguments);
        return words;
    }

    /** Last on the classpath, so that it does not shadow classes or resources of the server. */
    private static Path ownClasses() {
        try {
            return Path.of(ChildMain.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("The place of " + ChildMain.class + " is not a path", e);
        }
    }
}
