package io.weir.local.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Small main classes that tests run in child JVMs. */
final class Programs {
    private Programs() {}

    /** Writes "up" to its output and runs until it is told to end. */
    static final class Idle {
        public static void main(String[] args) throws InterruptedException {
            System.out.println("up");
            Thread.currentThread().join();
        }
    }

    /** Does not end when asked to: its shutdown hook never returns. */
    static final class Stubborn {
        public static void main(String[] args) throws InterruptedException {
            Runtime.getRuntime().addShutdownHook(new Thread(Stubborn::forever));
            System.out.println("up");
            forever();
        }

        private static void forever() {
            try {
                Thread.currentThread().join();
            } catch (InterruptedException e) {
                forever();
            }
        }
    }

    /** Creates a temporary file, writes "up" to its output and runs until it is told to end. */
    static final class Littering {
        public static void main(String[] args) throws Exception {
            Files.createTempFile("library", ".so");
            Idle.main(args);
        }
    }

    /** Fails with a message and a stack trace. */
    static final class Broken {
        public static void main(String[] args) {
            System.out.println("reading the disk");
            throw new IllegalStateException("the disk is made of cheese");
        }
    }

    /** Ends at once. */
    static final class Done {
        public static void main(String[] args) {}
    }

    /** Prints the timer slack of a thread that it has started. */
    static final class Sleeper {
        public static void main(String[] args) throws Exception {
            Thread thread = new Thread(() -> {
                try {
                    Path number = Path.of("/proc/thread-self").toRealPath().getFileName();
                    System.out.println(
                            "timer slack " + Files.readString(Path.of("/proc", number.toString(), "timerslack_ns")));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            thread.start();
            thread.join();
        }
    }

    /** Starts a child that runs the given main in the given directory, and writes its pid to a file there. */
    static final class Parent {
        public static void main(String[] args) throws Exception {
            Path directory = Path.of(args[1]);
            ChildProcess child = start(args[0], directory);
            child.awaitHealthy(() -> child.logTail().contains("up"), Duration.ofSeconds(30));
            Path draft = Files.writeString(directory.resolve("draft"), Long.toString(child.pid()));
            Files.move(draft, directory.resolve("child-pid"));
            Thread.currentThread().join();
        }
    }

    static ChildProcess start(String main, Path directory, String... options) {
        return ChildProcess.start("Child", command(main, directory, List.of(options)), directory.resolve("child.log"));
    }

    private static JavaCommand command(String main, Path directory, List<String> options) {
        List<String> quick = new ArrayList<>(options);
        quick.add("-XX:TieredStopAtLevel=1");
        quick.add("-D" + ChildMain.EXIT_LIMIT_PROPERTY + "=500");
        return new JavaCommand(testClasses(), quick, directory, main, List.of());
    }

    static String testClasses() {
        return classes(Programs.class);
    }

    static String mainClasses() {
        return classes(ChildMain.class);
    }

    private static String classes(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    static long readPid(Path file) throws IOException {
        return Long.parseLong(Files.readString(file));
    }
}
