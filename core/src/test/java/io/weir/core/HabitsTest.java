package io.weir.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The conventions of CONTRIBUTING.md for lines and commits. */
class HabitsTest {

    private static final Path HOME = Modules.CORE.getParent();
    private static final int LINE = 120;
    private static final int SUBJECT = 72;

    /** Later commits keep the conventions; the history before does not. */
    private static final String SINCE = "2026-11-30T13:00:00Z";

    private static final Pattern WRITTEN_BY_A_TOOL =
            Pattern.compile("docs/reference/(cli|configuration|performance)\\.md");

    /** Prose that cannot be wrapped well: rows of tables, images, and lines with a long link. */
    private static final Pattern UNBREAKABLE_PROSE = Pattern.compile("\\|.*|!\\[.*|.*\\S{60,}.*");

    /** Code that cannot be wrapped well: imports, strings, tables and links in text blocks, and compaction in CQL. */
    private static final Pattern UNBREAKABLE_CODE =
            Pattern.compile("import .*|.*\".*|%.*|.*\\|.*|.*]\\(.*|.*compaction = .*");

    /** First words of subjects that are no imperative. */
    private static final Pattern NOT_IMPERATIVE = Pattern.compile(
            "(?!Feed|Speed|Embed|Need|Bring|Ping)(?:\\w+(?:ed|ing)|The|A|An|Some|More|New|It|This|There|No|All|Fixes|Adds)\\b.*");

    @Test
    void linesAreAtMost120Columns() throws IOException, InterruptedException {
        List<String> tooLong = new ArrayList<>();
        List<String> files = git("ls-files", "*.java", "*.md", "*.cql", "*.conf");
        for (String file : files) {
            if (!WRITTEN_BY_A_TOOL.matcher(file).matches()) {
                addTooLong(file, tooLong);
            }
        }
        assertThat(files).hasSizeGreaterThan(500);
        assertThat(tooLong).as("lines longer than %d columns", LINE).isEmpty();
    }

    @Test
    void commitSubjectsAreShortImperatives() throws IOException, InterruptedException {
        List<String> wrong = git("log", "--no-merges", "--since=" + SINCE, "--format=%h %s").stream()
                .filter(commit -> !isGood(commit.substring(commit.indexOf(' ') + 1)))
                .toList();
        assertThat(wrong)
                .as(
                        "commit subjects that are longer than %d characters, end with a period, or are no imperative",
                        SUBJECT)
                .isEmpty();
    }

    @Test
    void recognizesSubjects() {
        assertThat(Stream.of("Count late readings once", "Let rows expire").allMatch(HabitsTest::isGood))
                .isTrue();
        assertThat(Stream.of("Counted late readings", "The ledger", "fix it", "Count.", "Count " + "x".repeat(67))
                        .noneMatch(HabitsTest::isGood))
                .isTrue();
    }

    private static boolean isGood(String subject) {
        return subject.length() <= SUBJECT
                && Character.isUpperCase(subject.codePointAt(0))
                && !subject.endsWith(".")
                && !NOT_IMPERATIVE.matcher(subject).matches();
    }

    private static void addTooLong(String file, List<String> tooLong) throws IOException {
        boolean isProse = file.endsWith(".md");
        boolean isFenced = false;
        List<String> lines = Files.readAllLines(HOME.resolve(file));
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (isProse && line.startsWith("```")) {
                isFenced = !isFenced;
            }
            Pattern unbreakable = isProse ? UNBREAKABLE_PROSE : UNBREAKABLE_CODE;
            if (lines.get(i).codePointCount(0, lines.get(i).length()) > LINE
                    && !isFenced
                    && !unbreakable.matcher(line).matches()) {
                tooLong.add(file + ":" + (i + 1));
            }
        }
    }

    /** Without a checkout, as in an archive of the sources, there is nothing to check. */
    private static List<String> git(String... arguments) throws IOException, InterruptedException {
        assumeTrue(Files.exists(HOME.resolve(".git")), "not a git checkout");
        List<String> command = new ArrayList<>(List.of("git", "-c", "core.quotePath=off", "-c", "safe.directory=*"));
        command.addAll(List.of(arguments));
        Process git = new ProcessBuilder(command)
                .directory(HOME.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String output = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(git.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(git.exitValue()).as("exit code of %s", command).isZero();
        return output.lines().toList();
    }
}
