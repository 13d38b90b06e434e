package io.weir.local.servers;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The command line of a child JVM: what to run with which jars and options, behind {@link ChildMain}.
 *
 * @param directory the directory that the child has to itself while it runs
 */
record JavaCommand(String classpath, List<String> options, Path directory, String mainClass, List<String> arguments) {

    /** More options for all children, separated by spaces: they go over what is configured. */
    private static final String MORE_OPTIONS = System.getProperty("weir.child.options", "");

    JavaCommand {
        options = List.copyOf(options);
        arguments = List.copyOf(arguments);
    }

    List<String> words() {
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.add(
                "-XX:ErrorFile=" + directory.toAbsolutePath().resolve("hs_err_pid%p.log")); // not where the user stands
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

    /** Last on the classpath, so that nothing of ours hides a class or resource of the server's. */
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
