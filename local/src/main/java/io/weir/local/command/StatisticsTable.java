package io.weir.local.command;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import io.weir.query.SpanStatistics;
import io.weir.query.Statistics;
import io.weir.query.WindowStatistics;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Statistics as a table for people: numbers rounded to what can be read; --json has all digits. */
final class StatisticsTable {

    private record Line(Instant from, Instant to, Statistics statistics) {}

    private StatisticsTable() {}

    static String ofWindows(List<WindowStatistics> windows) {
        return render(windows.stream()
                .map(window -> new Line(window.start(), window.end(), window.statistics()))
                .toList());
    }

    static String ofSpan(SpanStatistics span) {
        return render(List.of(new Line(span.from(), span.to(), span.statistics())));
    }

    private static String render(List<Line> lines) {
        Column from = new Column().header("from");
        Column to = new Column().header("to");
        return AsciiTable.getTable(
                AsciiTable.NO_BORDERS,
                lines,
                Stream.concat(
                                Stream.of(from.with(line -> line.from().toString()), to.with(line -> line.to()
                                        .toString())),
                                statistics())
                        .toList());
    }

    private static Stream<com.github.freva.asciitable.ColumnData<Line>> statistics() {
        return Stream.concat(
                Stream.of(new Column()
                        .header("count")
                        .with(line -> Long.toString(line.statistics().count()))),
                Arrays.stream(Figure.values()).map(figure -> new Column()
                        .header(figure.name())
                        .with(line -> rounded(figure.of.apply(line.statistics())))));
    }

    private static String rounded(@Nullable Double value) {
        return value == null ? "" : String.format(Locale.ROOT, "%.6g", value);
    }

    private enum Figure {
        sum(Statistics::sum),
        mean(Statistics::mean),
        stddev(Statistics::stddev),
        min(Statistics::min),
        p50(Statistics::p50),
        p95(Statistics::p95),
        p99(Statistics::p99),
        max(Statistics::max);

        private final Function<Statistics, @Nullable Double> of;

        Figure(Function<Statistics, @Nullable Double> of) {
            this.of = of;
        }
    }
}
