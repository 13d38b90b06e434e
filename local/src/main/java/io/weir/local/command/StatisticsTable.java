package io.weir.local.command;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.ColumnData;
import io.weir.query.SpanStatistics;
import io.weir.query.Statistics;
import io.weir.query.WindowStatistics;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Formats statistics as a table for people, with rounded numbers; --json prints all digits. */
final class StatisticsTable {

    private record Line(Instant from, Instant to, Statistics statistics) {}

    private static final MathContext SIX_DIGITS = new MathContext(6);

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
        List<ColumnData<Line>> columns = new ArrayList<>();
        columns.add(new Column().header("from").with(line -> line.from().toString()));
        columns.add(new Column().header("to").with(line -> line.to().toString()));
        columns.add(new Column()
                .header("count")
                .with(line -> Long.toString(line.statistics().count())));
        columns.add(figure("sum", Statistics::sum));
        columns.add(figure("mean", Statistics::mean));
        columns.add(figure("stddev", Statistics::stddev));
        columns.add(figure("min", Statistics::min));
        columns.add(percentile("p50", Statistics::p50));
        columns.add(percentile("p95", Statistics::p95));
        columns.add(percentile("p99", Statistics::p99));
        columns.add(figure("max", Statistics::max));
        return AsciiTable.getTable(AsciiTable.NO_BORDERS, lines, columns);
    }

    private static ColumnData<Line> figure(String name, Function<Statistics, @Nullable Double> of) {
        return new Column().header(name).with(line -> rounded(of.apply(line.statistics())));
    }

    /** Rounds to the known digits, without trailing zeros. */
    private static ColumnData<Line> percentile(String name, Function<Statistics, @Nullable Double> of) {
        return new Column().header(name).with(line -> {
            Double value = of.apply(line.statistics());
            return value == null
                    ? ""
                    : new BigDecimal(value)
                            .round(SIX_DIGITS)
                            .stripTrailingZeros()
                            .toString();
        });
    }

    private static String rounded(@Nullable Double value) {
        return value == null ? "" : String.format(Locale.ROOT, "%.6g", value);
    }
}
