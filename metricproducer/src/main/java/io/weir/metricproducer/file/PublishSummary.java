package io.weir.metricproducer.file;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What became of a file, or of its beginning.
 *
 * @param lines all lines, with header and blank ones
 * @param fileRecords records of the file, such as rows, that are dealt with: publishing can be resumed behind them
 * @param records records published
 * @param readings readings in those records
 * @param missing cells without a value
 * @param ignored cells that hold no value of a metric, as their format says, by column
 * @param badLines records of the file of which something was not published
 * @param firstBadLines the first of them
 */
public record PublishSummary(
        long lines,
        long fileRecords,
        long records,
        long readings,
        long missing,
        Map<String, Long> ignored,
        long badLines,
        List<BadLine> firstBadLines) {

    /** Nothing read and nothing published. */
    public static final PublishSummary NOTHING = new PublishSummary(0, 0, 0, 0, 0, Map.of(), 0, List.of());

    public PublishSummary {
        ignored = Map.copyOf(ignored);
        firstBadLines = List.copyOf(firstBadLines);
    }

    /** Returns the counts of both. The first bad lines are left out: their numbers are those of one file. */
    public PublishSummary plus(PublishSummary other) {
        Map<String, Long> both = new TreeMap<>(ignored);
        other.ignored.forEach((column, count) -> both.merge(column, count, Long::sum));
        return new PublishSummary(
                lines + other.lines,
                fileRecords + other.fileRecords,
                records + other.records,
                readings + other.readings,
                missing + other.missing,
                both,
                badLines + other.badLines,
                List.of());
    }
}
