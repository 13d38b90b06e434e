package io.weir.query.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.weir.query.api.http.Parameter;
import io.weir.query.api.http.Route;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Responses conform to the served OpenAPI document. */
class ContractTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String SPAN = "&from=-6d&metric=heat";

    private static ServedLists served;
    private static JsonNode document;

    @BeforeAll
    static void start() throws Exception {
        served = ServedLists.start(ServedLists.someReadings(3, 500));
        document = MAPPER.readTree(served.get("/openapi.json").body());
    }

    @AfterAll
    static void stop() {
        served.close();
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v1/groups, Groups",
        "/api/v1/groups/plant/devices, Devices",
        "/api/v1/metrics?group=plant, Metrics",
        "/api/v1/rollups?device=d0&device=d1" + SPAN + ", Rollups",
        "/api/v1/rollups?group=plant&maxPoints=10000" + SPAN + ", Rollups",
        "'/api/v1/rollups?group=plant&resolution=hour&fill=linear&functions=p12.5,median,first,delta" + SPAN
                + "', Rollups",
        "/api/v1/rollups?group=plant&resolution=5m&maxPoints=10000&fill=previous" + SPAN + ", Rollups",
        "/api/v1/rollups?group=plant&resolution=quarter&metric=heat&from=-500d, Rollups",
        "/api/v1/rollups?device=none&resolution=day&fill=null" + SPAN + ", Rollups",
        "/api/v1/readings?group=plant&limit=10" + SPAN + ", Readings",
        "/api/v1/summary?device=d0&device=none&combine=true" + SPAN + ", Summary",
        "/api/v1/latest?group=plant&group=none&metric=heat&limit=2, Latest",
        "/api/v1/device-states?group=plant&limit=2, DeviceStates",
        "/api/v1/devices/d0, Device",
        "/api/v1/ledger, Ledger",
        "/api/v1/rejected, Rejected",
        "/api/v1/rejected/count?reason=too-old, RejectedCount",
        "/api/v1/about, About",
        "/api/v1/health/parts, Parts",
        "/health/live, Status",
        "/health/ready, Status",
        "/openapi.json, OpenApi",
        "/api/v1/rollups, Problem",
        "/api/v1/nothing, Problem",
        "/%2e%2e%2f;, Problem"
    })
    void everyAnswerMatchesItsSchema(String path, String schema) throws Exception {
        HttpResponse<String> answer = served.get(path);
        if (!schema.equals("Problem")) {
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            String template =
                    path.replaceAll("\\?.*", "").replace("plant", "{group}").replace("d0", "{device}");
            assertThat(document.at("/paths/" + template.replace("/", "~1")
                                    + "/get/responses/200/content/application~1json/schema/$ref")
                            .asText())
                    .as(template)
                    .endsWith("/" + schema);
        }
        assertThat(schema(schema).validate(MAPPER.readTree(answer.body()))).isEmpty();
    }

    @Test
    void anAnswerWithoutARequiredFieldDoesNotMatch() throws Exception {
        assertThat(schema("Rollups").validate(MAPPER.readTree("{\"series\":[{\"metric\":\"m\",\"windows\":[]}]}")))
                .isNotEmpty();
    }

    @Test
    void everyRouteAndParameterIsDocumented() throws Exception {
        String page = served.get("/docs").body();
        List<String> described = new ArrayList<>();
        for (Route route : served.server.routes()) {
            JsonNode operation = document.at("/paths/" + route.path().replace("/", "~1") + "/"
                    + route.method().name().toLowerCase(Locale.ROOT));
            assertThat(operation.path("summary").asText()).as(route.path()).isEqualTo(route.summary());
            assertThat(page).contains("<code>" + route.method().name() + " " + route.path() + "</code>");
            List<String> names = new ArrayList<>();
            operation
                    .path("parameters")
                    .forEach(parameter -> names.add(parameter.get("name").asText()));
            assertThat(names)
                    .as(route.path())
                    .isEqualTo(route.parameters().stream().map(Parameter::name).toList());
            described.addAll(names);
        }
        assertThat(described).contains("device", "maxPoints", "cursor", "combine");
        assertThat(page).doesNotContain("<script").doesNotContain("https://").doesNotContain("style=");
    }

    private static JsonSchema schema(String name) {
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(MAPPER.createObjectNode()
                        .put("$ref", "#/components/schemas/" + name)
                        .set("components", document.get("components")));
    }
}
