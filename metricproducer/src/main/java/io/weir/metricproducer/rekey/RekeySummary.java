package io.weir.metricproducer.rekey;

/**
 * The copied records, in committed transactions only.
 *
 * @param read records of the source topic
 * @param written records of the target topic
 * @param split records read that contain several devices
 * @param unchanged records read that name no device, copied with unchanged value
 */
public record RekeySummary(long read, long written, long split, long unchanged) {

    static final RekeySummary NONE = new RekeySummary(0, 0, 0, 0);

    RekeySummary plus(RekeySummary other) {
        return new RekeySummary(
                read + other.read, written + other.written, split + other.split, unchanged + other.unchanged);
    }

    /** Adds the copies of one record. */
    RekeySummary plus(Copies copies) {
        return new RekeySummary(
                read + 1,
                written + copies.records().size(),
                split + (copies.records().size() > 1 ? 1 : 0),
                unchanged + (copies.unchanged() ? 1 : 0));
    }
}
