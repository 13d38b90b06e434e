package io.weir.local.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/** The reference of all commands is what their {@code --help} prints. */
class CommandsPageTest {

    private static final String REWRITE = "mvn -pl local -am test -Dtest=CommandsPageTest"
            + " -Dsurefire.failIfNoSpecifiedTests=false -Dweir.docs.write=true";

    /** Surefire tells the directory of the module; an IDE that does not usually starts in that of the checkout. */
    private static final Path PAGE =
            Path.of(System.getProperty("basedir", "local")).toAbsolutePath().resolveSibling("docs/reference/cli.md");

    private static final int WIDTH = 120;

    private static final String ABOUT =
            """
            # Commands

            <!-- Written by CommandsPageTest from the commands. Edit their descriptions, not this page. -->

            In a checkout the launcher is `./weir`. In the image `weir/spark`, `weir` is a role:
            `docker run … weir/spark weir status …`. Every command also takes `--help` and `--version`.

            | Exit code | Meaning |
            |---|---|
            | 0 | done |
            | 1 | the work failed, or the answer is bad, as when `weir verify` finds a difference |
            | 2 | wrong usage |

            With `--json` or `--format`, standard output has the answer alone. Progress and messages go to standard
            error. An answer that cannot be written, to a full device or a closed output, is a failure.

            | Environment | Meaning |
            |---|---|
            | `WEIR_DATA` | the data directory of commands without `--data`, except `weir run` |
            | `WEIR_STACK_TRACE` | `true` prints the stack trace of an internal error, for a report |
            | `WEIR_…` | any setting, as the [settings](configuration.md) name it |

            The launcher has two more commands: `./weir test` runs the tests ([CONTRIBUTING](../../CONTRIBUTING.md)), and
            `./weir bench` the benchmarks ([Benchmarks](../explanation/benchmarks.md)).
            """;

    @Test
    void thePageHasTheHelpOfEveryCommand() throws IOException {
        StringBuilder expected = new StringBuilder(ABOUT);
        new CommandLine(Weir.class).getSubcommands().values().forEach(command -> expected.append(section(command)));
        if (Boolean.getBoolean("weir.docs.write")) {
            Files.writeString(PAGE, expected);
        }
        String found = Files.exists(PAGE) ? Files.readString(PAGE) : "";
        assertThat(found)
                .as("docs/reference/cli.md is stale; rewrite it with: " + REWRITE)
                .isEqualTo(expected.toString());
    }

    /** A description that is no format string is printed as it is, after a warning. */
    @Test
    void everyDescriptionIsAFormatString() {
        assertThat(descriptions(new CommandLine(Weir.class)).toList())
                .hasSizeGreaterThan(200)
                .allSatisfy(each -> assertThatCode(() -> each.formatted()).doesNotThrowAnyException());
    }

    private static Stream<String> descriptions(CommandLine command) {
        CommandSpec spec = command.getCommandSpec();
        Stream<String[]> own = Stream.of(
                spec.usageMessage().header(),
                spec.usageMessage().description(),
                spec.usageMessage().footer());
        Stream<String[]> arguments = spec.args().stream().map(ArgSpec::description);
        return Stream.concat(
                Stream.concat(own, arguments).flatMap(Stream::of),
                command.getSubcommands().values().stream().flatMap(CommandsPageTest::descriptions));
    }

    private static String section(CommandLine command) {
        command.getCommandSpec().usageMessage().width(WIDTH);
        String usage = command.getUsageMessage(Ansi.OFF)
                .lines()
                .map(String::stripTrailing)
                .collect(Collectors.joining("\n"));
        return "\n## " + command.getCommandSpec().qualifiedName() + "\n\n```\n" + usage + "\n```\n"
                + command.getSubcommands().values().stream()
                        .map(CommandsPageTest::section)
                        .collect(Collectors.joining());
    }
}
