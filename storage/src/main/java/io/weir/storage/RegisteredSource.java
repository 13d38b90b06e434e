package io.weir.storage;

import org.jspecify.annotations.Nullable;

/**
 * A source as the {@link SourceRegistry} knows it.
 *
 * @param retirement how it ended; null while it is live
 */
public record RegisteredSource(SourceId id, @Nullable Retirement retirement) {

    public boolean isLive() {
        return retirement == null;
    }
}
