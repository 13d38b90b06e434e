package io.weir.query.access;

import java.util.Map;
import java.util.TreeMap;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;

/** Adds security headers to each response. */
final class AnswerHeaders implements HttpConfiguration.Customizer {

    private static final long YEAR = 365L * 24 * 60 * 60;

    private final Map<String, String> headers = new TreeMap<>(Map.of(
            "Content-Security-Policy",
            "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
            "Cross-Origin-Opener-Policy",
            "same-origin",
            "Cross-Origin-Resource-Policy",
            "same-origin",
            "Permissions-Policy",
            "camera=(), geolocation=(), microphone=()",
            "Referrer-Policy",
            "no-referrer",
            "X-Content-Type-Options",
            "nosniff",
            "X-Frame-Options",
            "DENY"));

    /** @param secure whether the server uses TLS; adds Strict-Transport-Security */
    AnswerHeaders(boolean secure) {
        if (secure) {
            headers.put("Strict-Transport-Security", "max-age=" + YEAR);
        }
    }

    @Override
    public Request customize(Request request, HttpFields.Mutable answer) {
        addTo(answer);
        return request;
    }

    void addTo(HttpFields.Mutable answer) {
        headers.forEach(answer::put);
    }
}
