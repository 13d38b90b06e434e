package io.weir.local.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The jar of a module whose classes run in another process. */
final class ModuleJar {

    private ModuleJar() {}

    /**
     * Returns the module's jar.
     *
     * @throws UnavailableException if the module has not been built
     */
    static Path of(Path home, String module) {
        Path target = targetOf(home, module);
        try (Stream<Path> jars = Files.list(target)) {
            return jars.filter(jar -> jar.getFileName().toString().matches("weir-" + module + "-.*\\.jar"))
                    .findFirst()
                    .orElseThrow(() -> new IOException("no jar"));
        } catch (IOException e) {
            throw notBuilt(target, e);
        }
    }

    /** Returns the module's dependencies as a class path. */
    static String dependenciesOf(Path home, String module) {
        Path target = targetOf(home, module);
        try {
            return Files.readString(target.resolve("classpath")).strip();
        } catch (IOException e) {
            throw notBuilt(target, e);
        }
    }

    private static Path targetOf(Path home, String module) {
        return home.toAbsolutePath().resolve(module).resolve("target");
    }

    private static UnavailableException notBuilt(Path target, IOException e) {
        return new UnavailableException(
                target + " does not hold a built module (" + e.getMessage()
                        + "). Build the project first: ./weir --version, or mvn package.",
                e);
    }
}
