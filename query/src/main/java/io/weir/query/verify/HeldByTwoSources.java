package io.weir.query.verify;

import java.util.List;

/**
 * Readings that more than one source holds: their rollups, which readers merge, count them more than once. Those of which
 * at most one source is live come from the end of a source: what is sent again after it is stored again. Others mean that
 * producers send copies of a reading to several partitions.
 *
 * @param readings devices, metrics and times that more than one source has a reading of
 * @param byLiveSources those of them that more than one live source has
 * @param series where they were found; the first of them, at most {@value #MAX_SERIES}
 */
public record HeldByTwoSources(long readings, long byLiveSources, List<Series> series) {

    public static final int MAX_SERIES = 100;

    /**
     * A device and metric, and the sources that have the same readings of it.
     *
     * @param sources in order of their numbers
     * @param live whether more than one of the sources is live
     * @param readings times that all of these sources have a reading of
     */
    public record Series(String device, String metric, List<Integer> sources, boolean live, long readings) {}
}
