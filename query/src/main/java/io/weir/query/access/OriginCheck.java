package io.weir.query.access;

import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Rejects cross-site requests, which a browser on this machine sends for any open web page. Accepts requests of the
 * API's own pages and of programs. A browser sends a request's origin in the headers Origin and Sec-Fetch-Site.
 */
final class OriginCheck {

    private static final Set<String> OWN_SITES = Set.of("same-origin", "none");
    private static final Set<HandlerType> READING = Set.of(HandlerType.GET, HandlerType.HEAD);

    private final String scheme;
    private final List<String> allowed;

    /** @param allowed other allowed origins, as browsers send them */
    OriginCheck(String scheme, List<String> allowed) {
        this.scheme = scheme;
        this.allowed = List.copyOf(allowed);
    }

    /** Returns whether the request is allowed. The Host header must be checked before. */
    boolean isAllowed(Context context) {
        String origin = context.header("Origin");
        if (origin != null) {
            return origin.equalsIgnoreCase(scheme + "://" + context.host())
                    || allowed.stream().anyMatch(origin::equalsIgnoreCase);
        }
        @Nullable String site = context.header("Sec-Fetch-Site");
        return site == null || OWN_SITES.contains(site) || isFollowedLink(context);
    }

    /** Another page may link to the dashboard, because it cannot read what the browser then shows. */
    private static boolean isFollowedLink(Context context) {
        return READING.contains(context.method())
                && "navigate".equals(context.header("Sec-Fetch-Mode"))
                && "document".equals(context.header("Sec-Fetch-Dest"));
    }
}
