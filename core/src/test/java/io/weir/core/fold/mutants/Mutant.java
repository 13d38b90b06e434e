package io.weir.core.fold.mutants;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.Modules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * A variant of the fold without one of its rules, made by replacing a snippet of its source.
 *
 * @param rule the rule that the mutant drops
 * @param file the source file, relative to the package of the fold
 * @param snippet the code to replace, which must occur exactly once
 * @param replacement the code to insert instead
 */
record Mutant(String rule, String file, String snippet, String replacement) {

    private static final Path FOLD = Modules.CORE.resolve("src/main/java/io/weir/core/fold");

    /** Writes the changed source into a directory and returns its path. */
    Path write(Path directory) throws IOException {
        Path original = FOLD.resolve(file);
        String source = Files.readString(original);
        assertThat(source.split(Pattern.quote(snippet), -1).length - 1)
                .as(
                        "occurrences in %s of the snippet that a mutant replaces. If the fold has changed, change"
                                + " the mutant for the rule \"%s\" so that it drops that rule from the new code. The"
                                + " snippet: %s",
                        original, rule, snippet)
                .isEqualTo(1);
        Path mutant = directory.resolve(file);
        Files.createDirectories(mutant.getParent());
        return Files.writeString(mutant, source.replace(snippet, replacement));
    }

    @Override
    public String toString() {
        return rule;
    }
}
