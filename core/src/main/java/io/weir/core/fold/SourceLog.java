package io.weir.core.fold;

/** The log of one source, as its fold asks about it. */
@FunctionalInterface
public interface SourceLog {

    /**
     * Returns whether the log holds, or has ever held, a record with an offset in [from, to). Offsets without a record are
     * usual: transaction markers and aborted records take some.
     *
     * @throws RuntimeException if the log does not answer in bounded time
     */
    boolean hasRecords(long from, long to);

    /** Returns whether an operator has named the record at an offset to be left out, unread. */
    default boolean isQuarantined(long offset) {
        return false;
    }
}
