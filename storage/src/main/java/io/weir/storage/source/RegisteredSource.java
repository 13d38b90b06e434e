package io.weir.storage.source;

import org.jspecify.annotations.Nullable;

/**
 * A source in the {@link SourceRegistry}.
 *
 * @param retirement the end of the source; null while it is live
 */
public record RegisteredSource(SourceId id, @Nullable Retirement retirement) {

    public boolean isLive() {
        return retirement == null;
    }
}
