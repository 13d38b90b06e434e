package io.weir.query.api.routes;

import io.weir.query.api.http.Request;
import io.weir.query.api.http.Route;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Serves the documentation of the routes: the OpenAPI document and the HTML page. */
public final class Documents {

    private final List<Route> all;
    private final String version;

    private Documents(List<Route> routes, String version) {
        this.version = version;
        this.all = new ArrayList<>(routes);
        all.add(Route.open("/openapi.json", "This document.", "OpenApi", List.of(), this::openApi));
        all.add(Route.open("/docs", "The documentation as an HTML page.", "Text", List.of(), this::page)
                .withMediaType("text/html"));
    }

    /** Returns the routes, and the routes of the documents that describe all of them. */
    public static List<Route> describing(List<Route> routes, String version) {
        return List.copyOf(new Documents(routes, version).all);
    }

    /** Serves the page's style sheet. */
    static byte[] style() {
        try (InputStream in = Objects.requireNonNull(Documents.class.getResourceAsStream("docs.css"))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void openApi(Request request) throws IOException {
        request.settled(false);
        request.answer(OpenApi.document(all, version));
    }

    private void page(Request request) throws IOException {
        request.settled(false);
        request.answer("text/html; charset=utf-8", DocsPage.of(all).getBytes(StandardCharsets.UTF_8));
    }
}
