package io.weir.query.verify;

import java.util.List;

/**
 * Readings that more than one source holds. Merged rollups count them more than once. If at most one of the sources is
 * live, the reading was sent again after a source had ended. Otherwise producers send copies of a reading to several
 * partitions.
 *
 * @param readings the number of readings (device, metric and time) that more than one source holds
 * @param byLiveSources the number of readings that more than one live source holds
 * @param series the affected series; the first ones, at most {@value #MAX_SERIES}
 */
public record HeldByTwoSources(long readings, long byLiveSources, List<Series> series) {

    public static final int MAX_SERIES = 100;

    /**
     * A device and metric with the sources that hold the same readings of it.
     *
     * @param sources in order of their numbers
     * @param live whether more than one of the sources is live
     * @param readings the number of readings that all of these sources hold
     */
    public record Series(String device, String metric, List<Integer> sources, boolean live, long readings) {}
}
