package io.weir.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** What cannot be measured is refused before anything is started. */
class BenchOptionsTest {

    @Test
    void aVariantThatIsNamedTwiceWouldFindAllDone() {
        assertThat(refusalOf("--variants", "fused,ceiling,fused"))
                .contains("--variants names one twice")
                .contains("fused,ceiling,fused")
                .contains("--rounds");
    }

    @Test
    void whatWorksOnTheTablesOfFusedComesAfterIt() {
        assertThat(refusalOf("--variants", "ceiling,fused")).contains("name fused before it");
    }

    @Test
    void aSpanThatTheReadingsCannotCoverIsRefused() {
        assertThat(refusalOf("scale", "--sweeps", "SPAN", "--readings", "30000", "--devices", "1000"))
                .contains("span of 60 d: ");
    }

    private static String refusalOf(String... arguments) {
        StringWriter err = new StringWriter();
        CommandLine bench = new CommandLine(new CompareCommand())
                .setErr(new PrintWriter(err, true))
                .setOut(new PrintWriter(err, true));
        assertThat(bench.execute(arguments)).isEqualTo(CommandLine.ExitCode.USAGE);
        return err.toString();
    }
}
