package io.weir.core.fold.mutants;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.Modules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * The engine with one rule dropped.
 *
 * @param rule what it no longer keeps
 * @param file the source file, in the package of the fold
 * @param snippet what stands there, exactly once
 * @param replacement what stands there instead
 */
record Mutant(String rule, String file, String snippet, String replacement) {

    private static final Path FOLD = Modules.CORE.resolve("src/main/java/io/weir/core/fold");

    /** Writes the changed source into a directory and returns where. */
    Path write(Path directory) throws IOException {
        Path original = FOLD.resolve(file);
        String source = Files.readString(original);
        assertThat(source.split(Pattern.quote(snippet), -1).length - 1)
                .as(
                        "How often %s has the snippet that the mutant replaces. Where the engine has changed, let the mutant"
                                + " of \"%s\" drop that rule from it as it is now. The snippet: %s",
                        original, rule, snippet)
                .isEqualTo(1);
        return Files.writeString(directory.resolve(file), source.replace(snippet, replacement));
    }

    @Override
    public String toString() {
        return rule;
    }
}
