package io.weir.storage;

/** The tables are not those that this version of Weir works with. Trying again does not help. */
public final class SchemaException extends RuntimeException {

    SchemaException(String message) {
        super(message);
    }
}
