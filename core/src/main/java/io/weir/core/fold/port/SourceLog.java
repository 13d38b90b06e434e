package io.weir.core.fold.port;

/** The log of one source, as its fold uses it. */
@FunctionalInterface
public interface SourceLog {

    /**
     * Returns true if the log contains, or has ever contained, a record with an offset in [from, to). Gaps without
     * records are usual: transaction markers and aborted records take offsets.
     *
     * @throws RuntimeException if the log does not answer in bounded time
     */
    boolean hasRecords(long from, long to);

    /** Returns true if an operator has quarantined the record at an offset, so that it must not be decoded. */
    default boolean isQuarantined(long offset) {
        return false;
    }
}
