package io.weir.core.fold.simulation;

/** Records that would stop a source for ever if they were not quarantined. */
final class PoisonRecords {

    /** An element that the decoder fails on. */
    static final String ELEMENT = "poison";

    /** What the decoder says then. */
    static final String MESSAGE = "the decoder has a fault";

    private PoisonRecords() {}

    /** Whether an operator has named the record at an offset to be left out, whatever is in it. */
    static boolean isNamed(long offset) {
        return offset % 211 == 100;
    }
}
