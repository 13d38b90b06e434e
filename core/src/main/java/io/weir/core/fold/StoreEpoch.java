package io.weir.core.fold;

/**
 * A span of time in which no node of the store has restarted, failed, joined or left. Everything that was acknowledged in
 * an epoch is still there while it lasts. Afterwards it may be gone: the store may have been replaced by an older copy, or
 * a node may have lost the end of its commit log.
 *
 * @param id equal for two epochs only if they are the same one
 */
public record StoreEpoch(String id) {

    /** The epoch of a fold that was never opened. */
    static final StoreEpoch NONE = new StoreEpoch("none");
}
