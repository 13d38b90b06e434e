package io.weir.core.fold.engine;

/**
 * Thrown if rows that a source has stored beyond its ledger cannot be removed, because a rollup could not be restored.
 */
public final class RollbackRefusedException extends RuntimeException {

    RollbackRefusedException(String message) {
        super(message);
    }
}
