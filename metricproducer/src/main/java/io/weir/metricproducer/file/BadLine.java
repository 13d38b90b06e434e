package io.weir.metricproducer.file;

/**
 * A line of a file that was not published, or only in part.
 *
 * @param line its number, from 1
 * @param reason what was found and what was expected
 */
public record BadLine(long line, String reason) {}
