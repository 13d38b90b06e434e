package io.weir.storage.read;

import java.util.Iterator;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Creates an iterator when it is first used, because creating it waits for a response. */
public final class Deferred<T> implements Iterator<T> {

    private final Supplier<Iterator<T>> create;
    private @Nullable Iterator<T> created;

    public Deferred(Supplier<Iterator<T>> create) {
        this.create = create;
    }

    @Override
    public boolean hasNext() {
        return created().hasNext();
    }

    @Override
    public T next() {
        return created().next();
    }

    private Iterator<T> created() {
        if (created == null) {
            created = create.get();
        }
        return created;
    }
}
