package io.weir.local.command.query;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.ColumnData;
import io.weir.local.command.terminal.PlainNumber;
import io.weir.query.SpanStatistics;
import io.weir.query.Statistics;
import io.weir.query.WindowStatistics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Formats statistics as a table for people, with rounded numbers; --json prints all digits. */
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
        columns.add(figure("p50", Statistics::p50));
        columns.add(figure("p95", Statistics::p95));
        columns.add(figure("p99", Statistics::p99));
        columns.add(figure("max", Statistics::max));
        return AsciiTable.getTable(AsciiTable.NO_BORDERS, lines, columns);
    }

    private static ColumnData<Line> figure(String name, Function<Statistics, @Nullable Double> of) {
        return new Column().header(name).with(line -> PlainNumber.rounded(of.apply(line.statistics())));
    }
}
