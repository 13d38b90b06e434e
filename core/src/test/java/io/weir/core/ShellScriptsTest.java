package io.weir.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks every shell script of the checkout with ShellCheck, where it is installed. */
class ShellScriptsTest {

    private static final Pattern SHEBANG = Pattern.compile("#!.*\\b(bash|sh)\\b.*", Pattern.DOTALL);
    private static final int SHEBANG_BYTES = 32;

    @TempDir
    private Path directory;

    @Test
    void shellCheckHasNoFindings() throws Exception {
        assumeTrue(isInstalled(), "shellcheck is not on the PATH");
        List<Path> scripts = SourceFiles.matching(ShellScriptsTest::isScript);
        assertThat(scripts)
                .contains(
                        SourceFiles.HOME.resolve("weir"),
                        SourceFiles.HOME.resolve("distribution/src/main/bin/weir"),
                        SourceFiles.HOME.resolve("distribution/src/main/lib/launch.bash"));
        assertThat(findings(scripts)).isEmpty();
    }

    @Test
    void aFaultIsFound() throws Exception {
        assumeTrue(isInstalled(), "shellcheck is not on the PATH");
        Path script = Files.writeString(directory.resolve("script"), "#!/bin/sh\nrm -r $1\n");

        assertThat(isScript(script)).isTrue();
        assertThat(findings(List.of(script))).contains("SC2086");
    }

    /** Returns what ShellCheck prints, nothing if it finds nothing. */
    private String findings(List<Path> scripts) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("shellcheck", "--external-sources", "--color=never"));
        scripts.forEach(script -> command.add(script.toString()));
        Path output = directory.resolve("output");
        int exitCode = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start()
                .waitFor();
        String findings = Files.readString(output);
        assertThat(exitCode == 0).as(findings).isEqualTo(findings.isEmpty());
        return findings;
    }

    private static boolean isScript(Path file) {
        if (file.toString().endsWith(".bash")) {
            return true;
        }
        try (InputStream in = Files.newInputStream(file)) {
            String start = new String(in.readNBytes(SHEBANG_BYTES), StandardCharsets.ISO_8859_1);
            return SHEBANG.matcher(start).matches();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isInstalled() {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(place -> Files.isExecutable(Path.of(place, "shellcheck")));
    }
}
