package io.weir.query.api.routes;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.weir.query.api.http.Problem;
import io.weir.query.api.http.ProblemException;
import io.weir.query.api.http.ResponseBody;
import io.weir.query.api.http.ResponseMemory;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.regex.Pattern;

/** Serves the dashboard, and the style sheet of the routes page, from the class path. */
public final class DashboardFiles {

    private static final String FOLDER = "/io/weir/query/dashboard/";
    private static final Pattern PATH = Pattern.compile("([A-Za-z0-9_-]+/)*[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)+");
    private static final String CSS = "text/css; charset=utf-8";
    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("html", "text/html; charset=utf-8"),
            Map.entry("css", CSS),
            Map.entry("js", "text/javascript; charset=utf-8"),
            Map.entry("mjs", "text/javascript; charset=utf-8"),
            Map.entry("json", "application/json"),
            Map.entry("svg", "image/svg+xml"),
            Map.entry("png", "image/png"),
            Map.entry("ico", "image/x-icon"),
            Map.entry("woff2", "font/woff2"),
            Map.entry("txt", "text/plain; charset=utf-8"));

    private final ResponseMemory memory;

    private DashboardFiles(ResponseMemory memory) {
        this.memory = memory;
    }

    /**
     * Adds the routes of the dashboard and of its files.
     *
     * @param memory limits the memory of buffered files
     */
    public static void addTo(RoutesConfig routes, ResponseMemory memory) {
        DashboardFiles files = new DashboardFiles(memory);
        routes.get("/", context -> files.serve(context, "index.html"));
        routes.get("/favicon.ico", context -> files.serve(context, "assets/weir.svg"));
        routes.get("/assets/<path>", context -> files.serve(context, "assets/" + context.pathParam("path")));
        routes.get("/docs/style.css", context -> files.answer(context, CSS, Documents.style()));
    }

    private void serve(Context context, String path) throws IOException {
        String type = PATH.matcher(path).matches() ? TYPES.get(path.substring(path.lastIndexOf('.') + 1)) : null;
        if (type == null) {
            throw notFound(context);
        }
        try (InputStream in = DashboardFiles.class.getResourceAsStream(FOLDER + path)) {
            if (in == null) {
                throw notFound(context);
            }
            answer(context, type, in.readAllBytes());
        }
    }

    private static ProblemException notFound(Context context) {
        return ProblemException.of(
                Problem.Kind.NOT_FOUND, "found no " + context.path() + "; expected a path that /docs lists");
    }

    private void answer(Context context, String type, byte[] content) throws IOException {
        context.contentType(type);
        context.header("Cache-Control", "no-cache"); // revalidated, and answered with 304 if unchanged
        ResponseBody body = new ResponseBody(context, memory);
        body.write(content);
        body.finish();
    }
}
