package io.weir.metricproducer.file;

import java.util.List;

/**
 * What became of a file.
 *
 * @param lines all lines, with header and blank ones
 * @param records records published
 * @param readings readings in those records
 * @param badLines lines of which something was not published
 * @param firstBadLines the first of them
 */
public record PublishSummary(long lines, long records, long readings, long badLines, List<BadLine> firstBadLines) {

    public PublishSummary {
        firstBadLines = List.copyOf(firstBadLines);
    }
}
