package io.weir.benchmarks.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class QuestionTest {

    private static final Year YEAR = new Year(LocalDate.of(2026, 11, 22), 5, Duration.ofMinutes(30));
    private static final List<Question> ALL = Question.of(YEAR);

    @Test
    void asksForTheYearByDayAndForA90DaySpanOfDevicesAndGroups() {
        assertThat(ALL.stream().map(Question::title))
                .containsExactly(
                        "/rollups: 365 days of a device",
                        "/rollups: 365 days of a group",
                        "/summary: 90 odd days of a device",
                        "/summary: 90 odd days of a group");
        assertThat(ALL.get(0).paths().get(3))
                .isEqualTo("/api/v1/rollups?device=device-3&metric=temperature&from=2025-11-22T00:00:00Z"
                        + "&to=2026-11-22T00:00:00Z&resolution=day");
        assertThat(ALL.get(3).paths().get(1))
                .isEqualTo("/api/v1/summary?group=group-1&metric=temperature&from=2026-06-10T07:42:10.123Z"
                        + "&to=2026-09-08T19:05:59.977Z&functions=mean,median,p99");
    }

    @Test
    void eachDeviceAndEachGroupHasItsTurn() {
        assertThat(names(ALL.get(0), "device")).isEqualTo(YEAR.deviceNames());
        assertThat(names(ALL.get(1), "group")).isEqualTo(YEAR.groupNames());
        assertThat(names(ALL.get(2), "device")).isEqualTo(YEAR.deviceNames());
        assertThat(names(ALL.get(3), "group")).isEqualTo(YEAR.groupNames());
    }

    @Test
    void theSpanHasOddMillisecondsWithinTheYear() {
        Map<String, String> parameters = parameters(ALL.get(2).paths().get(0));
        Instant from = Instant.parse(parameters.get("from"));
        Instant to = Instant.parse(parameters.get("to"));

        assertThat(from).isAfter(YEAR.from());
        assertThat(to).isBefore(YEAR.to());
        assertThat(Duration.between(from, to).toDays()).isEqualTo(90);
        assertThat(List.of(from.toEpochMilli(), to.toEpochMilli())).allMatch(edge -> edge % 2 == 1 && edge % 1000 != 0);
    }

    @Test
    void theWindowsOfAllSeriesOfAnAnswerAreCounted() throws Exception {
        assertThat(RowsRead.windows("{\"resolution\":\"day\",\"series\":[{\"device\":\"a\",\"windows\":[{\"count\":1},"
                        + "{\"count\":2}]},{\"device\":\"b\",\"windows\":[{\"count\":3}]}]}"))
                .isEqualTo(3);
        assertThat(RowsRead.windows("{\"summaries\":[{\"count\":1}]}")).isZero();
    }

    @Test
    void differingRowCountsAreShownAsARange() {
        assertThat(new RowsRead(365, 365).text()).isEqualTo("365");
        assertThat(new RowsRead(34, 37).text()).isEqualTo("34–37");
    }

    private static List<String> names(Question question, String parameter) {
        return question.paths().stream()
                .map(path -> parameters(path).get(parameter))
                .toList();
    }

    private static Map<String, String> parameters(String path) {
        return Arrays.stream(URI.create("http://127.0.0.1" + path).getQuery().split("&"))
                .map(parameter -> parameter.split("=", 2))
                .collect(Collectors.toMap(parameter -> parameter[0], parameter -> parameter[1], (a, b) -> a));
    }
}
