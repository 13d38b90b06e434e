package io.weir.core.reading;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The content of one field of a JSON object: a value, a fault, or nothing if the field is absent or null. */
record Field<T>(@Nullable T value, @Nullable Fault fault) {

    private static final Field<?> ABSENT = new Field<>(null, null);

    static <T> Field<T> of(T value) {
        return new Field<>(value, null);
    }

    @SuppressWarnings("unchecked") // ABSENT contains no value
    static <T> Field<T> absent() {
        return (Field<T>) ABSENT;
    }

    static <T> Field<T> faulty(RejectReason reason, String detail) {
        return new Field<>(null, new Fault(reason, detail));
    }

    /** Returns the value of a field that is neither absent nor faulty. */
    T get() {
        return Objects.requireNonNull(value);
    }

    boolean isAbsent() {
        return value == null && fault == null;
    }
}
