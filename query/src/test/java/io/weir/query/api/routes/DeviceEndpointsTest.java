package io.weir.query.api.routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.weir.core.reading.Reading;
import io.weir.query.api.ServedLists;
import io.weir.storage.raw.RawReading;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class DeviceEndpointsTest {

    private static final List<RawReading> READINGS = new ArrayList<>();

    private static ServedLists served;

    @BeforeAll
    static void start() throws Exception {
        report("fine", "hall", Duration.ofSeconds(5), Duration.ofSeconds(10));
        report("tardy", "hall", Duration.ofMinutes(4), Duration.ofMinutes(1));
        report("mute", "hall", Duration.ofDays(3), Duration.ofMinutes(1));
        report("slow", "yard", Duration.ofHours(5), Duration.ofHours(2));
        report("old", "yard", Duration.ofDays(2000), Duration.ofHours(2));
        served = ServedLists.start(READINGS);
        JsonNode asOf = served.json("/device-states").get("asOf");
        while (asOf.isNull()) {
            asOf = served.json("/device-states").get("asOf");
        }
        assertThat(asOf.asText()).isEqualTo(ServedLists.NOW.toString());
    }

    @AfterAll
    static void stop() {
        served.close();
    }

    @Test
    void tellsWhoReportsAsUsualAndWhoDoesNot() throws Exception {
        JsonNode answer = served.json("/device-states");
        assertThat(told(answer))
                .containsExactly("fine online", "mute silent", "old silent", "slow online", "tardy late");
        assertThat(answer.get("totals").toString())
                .isEqualTo("{\"devices\":5,\"online\":2,\"late\":1,\"silent\":2,\"unknown\":0}");
        assertThat(answer.get("complete").asBoolean()).isTrue();
        assertThat(answer.at("/devices/4").toString())
                .isEqualTo("{\"device\":\"tardy\",\"groups\":[\"hall\"],\"state\":\"late\","
                        + "\"lastSeen\":\"2026-04-02T11:56:00Z\",\"usualIntervalSeconds\":60.0,"
                        + "\"metrics\":[{" + "\"metric\":\"heat\",\"time\":\"2026-04-02T11:56:00Z\",\"value\":9.0}],"
                        + "\"moreMetrics\":false}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "?group=yard                | old silent, slow online",
                "?search=L                  | old silent, slow online",
                "?state=silent              | mute silent, old silent",
                "?state=late&state=online   | fine online, slow online, tardy late",
                "?group=hall&state=late     | tardy late",
                "?sort=-name                | tardy late, slow online, old silent, mute silent, fine online",
                "?sort=seen                 | old silent, mute silent, slow online, tardy late, fine online",
                "?sort=-seen                | fine online, tardy late, slow online, mute silent, old silent",
                "?sort=interval             | fine online, mute silent, tardy late, old silent, slow online",
                "?sort=-interval            | slow online, old silent, tardy late, mute silent, fine online"
            })
    void filtersSortsAndPages(String question, String expected) throws Exception {
        List<String> all = List.of(expected.split(", "));
        assertThat(told(served.json("/device-states" + question))).isEqualTo(all);

        List<String> paged = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = served.json("/device-states" + question + "&limit=2" + cursor);
            paged.addAll(told(page));
            cursor = page.get("next").isNull()
                    ? ""
                    : "&cursor=" + page.get("next").asText();
        } while (!cursor.isEmpty());
        assertThat(paged).isEqualTo(all);
    }

    @Test
    void totalsAreOfTheGroupAndTheSearch() throws Exception {
        assertThat(served.json("/device-states?group=hall&state=silent&limit=1")
                        .get("totals")
                        .toString())
                .isEqualTo("{\"devices\":3,\"online\":1,\"late\":1,\"silent\":1,\"unknown\":0}");
    }

    @Test
    void aSilentDeviceIsToldAndAnUnknownOneIsNot() throws Exception {
        JsonNode mute = served.json("/devices/mute");
        assertThat(mute.get("state").asText()).isEqualTo("silent");
        assertThat(mute.get("lastSeen").asText()).isEqualTo("2026-03-30T12:00:00Z");
        assertThat(served.json("/devices/old").get("metrics").size()).isEqualTo(1);
        HttpResponse<String> unknown = served.get("/api/v1/devices/nobody");
        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(unknown.body()).contains("found no device \\\"nobody\\\": no reading of it was ever stored");
        assertThat(served.get("/api/v1/device-states?group=nowhere").body()).contains("found no group");
    }

    @Test
    void aCursorOfAnotherOrderIsRefused() throws Exception {
        String cursor =
                served.json("/device-states?limit=1&sort=seen").get("next").asText();
        assertThat(served.get("/api/v1/device-states?limit=1&sort=name&cursor=" + cursor)
                        .statusCode())
                .isEqualTo(400);
        assertThat(served.get("/api/v1/device-states?sort=colour").body())
                .contains("expected one of name, -name, seen, -seen, interval, -interval");
    }

    private static List<String> told(JsonNode answer) {
        List<String> told = new ArrayList<>();
        answer.get("devices")
                .forEach(device -> told.add(device.get("device").asText() + " "
                        + device.get("state").asText()));
        return told;
    }

    /** Adds ten readings at an interval, the last of which is of an age. */
    private static void report(String device, String group, Duration age, Duration interval) {
        Instant last = ServedLists.NOW.minus(age);
        IntStream.range(0, 10).forEach(i -> {
            long time = last.minus(interval.multipliedBy(9 - i)).toEpochMilli();
            READINGS.add(new RawReading(new Reading(device, group, "heat", time, i), 0, READINGS.size()));
        });
    }
}
