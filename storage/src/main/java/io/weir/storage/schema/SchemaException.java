package io.weir.storage.schema;

/** Thrown if the tables are not those that this version of Weir uses. A retry does not help. */
public final class SchemaException extends RuntimeException {

    SchemaException(String message) {
        super(message);
    }
}
