package io.weir.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What cannot be measured is refused before anything is started. */
class BenchOptionsTest {

    @Test
    void aVariantNamedTwiceIsRefused() {
        assertThat(refusalOf("--variants", "fused,ceiling,fused"))
                .contains("--variants contains a variant twice")
                .contains("fused,ceiling,fused")
                .contains("--rounds");
    }

    @Test
    void variantsThatNeedFusedTablesRunAfterFused() {
        assertThat(refusalOf("--variants", "ceiling,fused")).contains("list fused before it");
    }

    @Test
    void aSpanLongerThanTheReadingsIsRefused() {
        assertThat(refusalOf("scale", "--sweeps", "SPAN", "--readings", "30000", "--devices", "1000"))
                .contains("span of 60 d: ");
    }

    @Test
    void aSteadyRunBeginsWithEmptyTables(@TempDir Path used) {
        assertThat(refusalOf("steady", "--data", used.toString())).contains("already exists");
    }

    @Test
    void variantsThatCannotFollowALogAreRefused() {
        assertThat(refusalOf("steady", "--variant", "baseline")).contains("unknown variant \"baseline\"");
        assertThat(refusalOf("steady", "--variant", "fused,fused")).contains("--rounds");
        assertThat(refusalOf("steady", "--variant", "spark-state", "--duplicates", "0.01"))
                .contains("spark-state counts duplicates twice");
    }

    @Test
    void anInvalidFleetOptionIsRefused() {
        assertThat(refusalOf("steady", "--fleet", "site", "--rate-factor", "501"))
                .contains("rate factor");
        assertThat(refusalOf("steady", "--rate-factor", "0")).contains("must be above 0");
        assertThat(refusalOf("steady", "--fleet", "city", "--heap", "much")).contains("--heap");
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
