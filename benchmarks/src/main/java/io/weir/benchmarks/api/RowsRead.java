package io.weir.benchmarks.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.weir.benchmarks.measured.NotMeasuredException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.LongSummaryStatistics;

/**
 * The number of rows that a response reads, from its header or else from its number of windows: the minimum and the
 * maximum over the requested devices or groups.
 */
public record RowsRead(long least, long most) {

    private static final String HEADER = "Weir-Rows-Read";
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final JsonMapper JSON = new JsonMapper();

    /**
     * Requests each path once.
     *
     * @throws NotMeasuredException if a request fails or reads no rows
     */
    static RowsRead ask(String api, Question question) throws IOException, InterruptedException {
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        List<HttpResponse<String>> answers = new ArrayList<>();
        for (String path : question.paths()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(api + path))
                    .timeout(LIMIT)
                    .build();
            answers.add(client.send(request, HttpResponse.BodyHandlers.ofString()));
        }
        return of(answers);
    }

    private static RowsRead of(List<HttpResponse<String>> answers) throws IOException {
        LongSummaryStatistics rows = new LongSummaryStatistics();
        for (HttpResponse<String> answer : answers) {
            if (answer.statusCode() != 200) {
                throw new NotMeasuredException(
                        answer.uri() + " is answered with " + answer.statusCode() + ": " + answer.body());
            }
            rows.accept(answer.headers().firstValueAsLong(HEADER).orElse(windows(answer.body())));
        }
        if (rows.getMin() < 1) {
            throw new NotMeasuredException(answers.get(0).uri() + " and the like: answered from no rows");
        }
        return new RowsRead(rows.getMin(), rows.getMax());
    }

    static long windows(String body) throws IOException {
        long windows = 0;
        for (JsonNode series : JSON.readTree(body).path("series")) {
            windows += series.path("windows").size();
        }
        return windows;
    }

    public String text() {
        return least == most ? Long.toString(least) : least + "–" + most;
    }
}
