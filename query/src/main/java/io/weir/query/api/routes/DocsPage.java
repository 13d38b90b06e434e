package io.weir.query.api.routes;

import io.weir.query.api.http.Parameter;
import io.weir.query.api.http.Route;
import java.util.List;
import java.util.Locale;

/** Renders the table of routes as plain HTML, without scripts. */
final class DocsPage {

    private DocsPage() {}

    static String of(List<Route> routes) {
        StringBuilder page = new StringBuilder(
                """
                <!doctype html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <title>Weir query API</title>
                <link rel="icon" href="/assets/weir.svg" type="image/svg+xml">
                <link rel="stylesheet" href="/docs/style.css">
                </head>
                <body>
                <main>
                <p><a href="/">Dashboard</a></p>
                <h1>Weir query API</h1>
                <p>Every question that can be asked, made from the same table as
                <a href="/openapi.json">the OpenAPI document</a>. Whatever goes wrong is told as
                <code>application/problem+json</code>, with what was found and what was expected.</p>
                """);
        routes.forEach(route -> page.append(section(route)));
        return page.append("</main>\n</body>\n</html>\n").toString();
    }

    private static String section(Route route) {
        StringBuilder section = new StringBuilder();
        section.append("<section>\n<h2><code>")
                .append(escaped(route.method().name() + " " + route.path()))
                .append("</code></h2>\n<p>")
                .append(escaped(route.summary()))
                .append("</p>\n");
        if (route.scope() != null) {
            section.append("<p>Requires the scope <code>")
                    .append(route.scope().name().toLowerCase(Locale.ROOT))
                    .append("</code>.</p>\n");
        }
        if (!route.parameters().isEmpty()) {
            section.append("<table>\n<tr><th scope=\"col\">Parameter</th><th scope=\"col\">Default</th>"
                    + "<th scope=\"col\">What it says</th></tr>\n");
            route.parameters().forEach(parameter -> section.append(row(parameter)));
            section.append("</table>\n");
        }
        return section.append("</section>\n").toString();
    }

    private static String row(Parameter<?> parameter) {
        String preset = parameter.preset();
        return "<tr><td><code>" + escaped(parameter.name()) + "</code>"
                + (parameter.isRepeatable() ? " (up to " + parameter.maxCount() + ")" : "") + "</td><td>"
                + (preset == null ? "" : "<code>" + escaped(preset).replace(",", ",<wbr>") + "</code>") + "</td><td>"
                + escaped(parameter.description()) + allowed(parameter) + "</td></tr>\n";
    }

    private static String allowed(Parameter<?> parameter) {
        return parameter.schema().get("enum") instanceof List<?> values
                ? " One of <code>"
                        + escaped(String.join(
                                        "</code>, <code>",
                                        values.stream().map(String::valueOf).toList()))
                                .replace("&lt;/code&gt;, &lt;code&gt;", "</code>, <code>")
                        + "</code>."
                : "";
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
