package io.weir.query.api.routes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.query.api.format.Format;
import io.weir.query.api.http.Parameter;
import io.weir.query.api.http.Parameters;
import io.weir.query.api.http.Problem;
import io.weir.query.api.http.Route;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** Creates the OpenAPI document from the table of routes. */
final class OpenApi {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private OpenApi() {}

    static ObjectNode document(List<Route> routes, String version) {
        ObjectNode document = MAPPER.createObjectNode();
        document.put("openapi", "3.1.0");
        document.putObject("info")
                .put("title", "Weir query API")
                .put("description", "Readings, exact rollups and the ledger of a stream of IoT readings.")
                .put("version", version);
        ObjectNode paths = document.putObject("paths");
        routes.forEach(route -> paths.withObjectProperty(route.path())
                .set(route.method().name().toLowerCase(Locale.ROOT), operation(route)));
        ObjectNode components = document.putObject("components");
        components.set("schemas", schemas());
        components
                .putObject("securitySchemes")
                .putObject("bearer")
                .put("type", "http")
                .put("scheme", "bearer");
        return document;
    }

    private static ObjectNode operation(Route route) {
        ObjectNode operation = MAPPER.createObjectNode();
        operation.put("summary", route.summary());
        operation.put("operationId", operationId(route));
        if (!route.parameters().isEmpty()) {
            ArrayNode parameters = operation.putArray("parameters");
            route.parameters().forEach(parameter -> parameters.add(parameter(parameter)));
        }
        if (route.body() != null) {
            ObjectNode body = operation.putObject("requestBody").put("required", true);
            body.putObject("content").putObject("application/json").set("schema", reference(route.body()));
        }
        ObjectNode responses = operation.putObject("responses");
        responses.set("200", answer(route));
        responses.set("default", problem());
        if (route.scope() != null) {
            // Adds an empty requirement: a server that only its own machine can reach needs no token.
            ArrayNode security = operation.putArray("security");
            security.addObject().putArray("bearer").add(route.scope().name().toLowerCase(Locale.ROOT));
            security.addObject();
        }
        return operation;
    }

    private static ObjectNode parameter(Parameter<?> parameter) {
        boolean inPath = parameter.place() == Parameter.Place.PATH;
        ObjectNode node = MAPPER.createObjectNode()
                .put("name", parameter.name())
                .put("in", inPath ? "path" : "query")
                .put("description", parameter.description())
                .put("required", inPath);
        ObjectNode one = MAPPER.valueToTree(parameter.schema());
        if (parameter.preset() != null) {
            one.set("default", preset(one, parameter.preset()));
        }
        if (parameter.isRepeatable()) {
            ObjectNode many = node.putObject("schema").put("type", "array").put("maxItems", parameter.maxCount());
            many.set("items", one);
        } else {
            node.set("schema", one);
        }
        return node;
    }

    private static JsonNode preset(ObjectNode schema, String preset) {
        try {
            return schema.path("type").asText().equals("string")
                    ? MAPPER.getNodeFactory().textNode(preset)
                    : MAPPER.readTree(preset);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ObjectNode answer(Route route) {
        ObjectNode answer = MAPPER.createObjectNode().put("description", route.summary());
        ObjectNode content = answer.putObject("content");
        content.putObject(route.mediaType()).set("schema", reference(route.schema()));
        if (route.parameters().contains(Parameters.FORMAT)) {
            for (Format other : List.of(Format.CSV, Format.NDJSON)) {
                content.putObject(other.mediaType()).set("schema", reference("Text"));
            }
        }
        return answer;
    }

    private static ObjectNode problem() {
        ObjectNode answer = MAPPER.createObjectNode().put("description", "The reason for the failure");
        answer.putObject("content").putObject(Problem.CONTENT_TYPE).set("schema", reference("Problem"));
        return answer;
    }

    private static ObjectNode reference(String schema) {
        return MAPPER.createObjectNode().put("$ref", "#/components/schemas/" + schema);
    }

    private static String operationId(Route route) {
        return (route.method().name() + route.path().replaceFirst("^" + Route.BASE, ""))
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z]+", "-")
                .replaceAll("-$", "");
    }

    private static JsonNode schemas() {
        try (InputStream in = Objects.requireNonNull(OpenApi.class.getResourceAsStream("schemas.json"))) {
            return MAPPER.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
