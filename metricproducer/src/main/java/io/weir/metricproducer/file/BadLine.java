package io.weir.metricproducer.file;

/**
 * A line of a file of which something, or everything, was not published.
 *
 * @param line its number, from 1
 * @param reason what was found and what was expected
 */
public record BadLine(long line, String reason) {}
