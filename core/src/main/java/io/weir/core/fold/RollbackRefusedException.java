package io.weir.core.fold;

/** Rows that a source has stored beyond its ledger cannot be removed, since a rollup could not be restored. */
public final class RollbackRefusedException extends RuntimeException {

    RollbackRefusedException(String message) {
        super(message);
    }
}
