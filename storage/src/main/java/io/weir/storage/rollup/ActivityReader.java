package io.weir.storage.rollup;

import java.util.List;
import java.util.stream.Stream;

/**
 * Reads how active devices are, from their rollups by month and day. Requests of one call run at the same time, so a
 * call should name a hundred devices at most. Streams are read page by page while they are consumed, by one thread.
 * Reading throws {@link io.weir.core.fold.port.TablesException} when the tables cannot be reached.
 */
public interface ActivityReader {

    /** Returns for each device, in order, the rows of all its metrics in the months that overlap [from, to). */
    List<Stream<MetricActivity>> months(List<String> devices, long from, long to);

    /** Returns for each question, in order, the rows of the days that start in its span. */
    List<Stream<MetricActivity>> days(List<DaysOfMetric> questions);

    /** The days of a device's metric that start in [from, to), in milliseconds since the epoch. */
    record DaysOfMetric(String device, String metric, long from, long to) {}
}
