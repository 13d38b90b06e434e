package io.weir.core.fold.port;

/**
 * A span of time in which no node of the store has restarted, failed, joined or left. Every acknowledged write of an
 * epoch is readable while the epoch lasts. Afterwards it may be lost: the store may have been replaced by an older
 * copy, or a node may have lost the end of its commit log.
 *
 * @param id unique for each epoch
 */
public record StoreEpoch(String id) {

    /** The epoch of a fold that was never opened. */
    public static final StoreEpoch NONE = new StoreEpoch("none");
}
