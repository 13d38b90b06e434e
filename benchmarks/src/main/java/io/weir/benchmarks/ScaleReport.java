package io.weir.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The results of a sweep, as a table and a plot.
 *
 * @param command the command line to repeat it
 */
record ScaleReport(Sweep sweep, String command, String heap, List<Size> sizes) {

    private static final double MILLION = 1e6;
    private static final double MIB = 1 << 20;

    /**
     * The results at one size.
     *
     * @param ceiling null if the ceiling does not depend on the size
     */
    record Size(Sweep.Point point, Run weir, @Nullable Run ceiling) {

        boolean isRight() {
            return weir.verdict().right()
                    && (ceiling == null || ceiling.verdict().right());
        }

        double readingsPerSecond(Run run) {
            return point.workload().readings() / run.measured().seconds();
        }

        /** Returns the speed as a fraction of the ceiling's; NaN without a ceiling. */
        double ofCeiling() {
            return ceiling == null || ceiling.took() == null || weir.took() == null
                    ? Double.NaN
                    : readingsPerSecond(weir) / readingsPerSecond(ceiling);
        }

        String row() {
            if (weir.took() == null) {
                return "| " + point.label() + " | | | | | | **" + weir.verdict().found() + "** |";
            }
            double millions = point.workload().readings() / MILLION;
            return String.format(
                    Locale.ROOT,
                    "| %s | %,.0f | %s | %.1f | %.1f | %,.0f | %s |",
                    point.label(),
                    readingsPerSecond(weir),
                    Double.isNaN(ofCeiling()) ? "" : String.format(Locale.ROOT, "%.2f", ofCeiling()),
                    weir.measured().variant().cpuSeconds() / millions,
                    weir.measured().cassandra().cpuSeconds() / millions,
                    weir.measured().variant().peakBytes() / MIB,
                    checked());
        }

        private String checked() {
            if (!weir.verdict().right()) {
                return "**wrong**: " + weir.verdict().found();
            }
            return ceiling == null || ceiling.verdict().right()
                    ? "right"
                    : "right; the ceiling is **wrong**: " + ceiling.verdict().found();
        }
    }

    /** Writes the table and the plot to standard output and target/bench, and on request to docs/. */
    void write(boolean docs) throws IOException {
        Path out = Files.createDirectories(Home.path().resolve("target/bench"));
        String name = "scale-" + sweep.label();
        Files.writeString(out.resolve(name + ".md"), markdown());
        ScalePlot.write(this, out.resolve(name + ".svg"));
        if (docs) {
            Path images = Files.createDirectories(Home.path().resolve("docs/images"));
            ScalePlot.write(this, images.resolve(name + ".svg"));
            new PerformancePage(Home.path())
                    .write(
                            name,
                            markdown() + "\n![Readings a second against " + sweep.title() + "](../images/" + name
                                    + ".svg)\n");
        }
        System.out.println(markdown());
    }

    private String markdown() throws IOException {
        return String.format(
                Locale.ROOT,
                """
                Written on %s by `%s`, with a heap of %s.

                %s. %s.

                | %s | Readings/s | of the ceiling | CPU s per million readings: pipeline | Cassandra | Peak MiB: pipeline | Checked |
                |---|---|---|---|---|---|---|
                %s
                """,
                LocalDate.now(ZoneOffset.UTC),
                command,
                heap,
                Machine.here().sentence(),
                Versions.sentence(Home.path()),
                capitalized(sweep.title()),
                sizes.stream().map(Size::row).collect(Collectors.joining("\n")));
    }

    private static String capitalized(String title) {
        return title.substring(0, 1).toUpperCase(Locale.ROOT) + title.substring(1);
    }
}
