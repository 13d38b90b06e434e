package io.weir.metricproducer.file;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The result of publishing a file, or its beginning.
 *
 * @param lines all lines, including header and blank ones
 * @param fileRecords processed records of the file, such as rows: publishing can be resumed after them
 * @param records records published
 * @param readings readings in those records
 * @param missing cells without a value
 * @param ignored cells whose type is not a value, by column
 * @param badLines records of the file that were not published, or only in part
 * @param firstBadLines the first bad lines
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

    /** An empty summary. */
    public static final PublishSummary NOTHING = new PublishSummary(0, 0, 0, 0, 0, Map.of(), 0, List.of());

    public PublishSummary {
        ignored = Map.copyOf(ignored);
        firstBadLines = List.copyOf(firstBadLines);
    }

    /** Returns the sum of both, without the first bad lines, because line numbers belong to one file. */
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
