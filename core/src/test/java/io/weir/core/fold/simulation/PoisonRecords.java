package io.weir.core.fold.simulation;

/** Records that would stop a source forever if they were not quarantined. */
final class PoisonRecords {

    /** An element that the decoder fails on. */
    static final String ELEMENT = "poison";

    /** The message of the decoder's exception. */
    static final String MESSAGE = "the decoder has a fault";

    private PoisonRecords() {}

    /** Returns true if an operator has quarantined the record at an offset, whatever it contains. */
    static boolean isNamed(long offset) {
        return offset % 211 == 100;
    }
}
