package io.weir.query.api.routes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.weir.core.fold.port.RejectedReading;
import io.weir.core.reading.RejectReason;
import io.weir.core.reading.Rejection;
import io.weir.query.api.ServedLists;
import io.weir.storage.rejected.StoredRejection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RejectedEndpointTest {

    private static final byte[] NOT_UTF_8 = {'{', (byte) 0xff, 0, '}'};

    private static ServedLists served;

    @BeforeAll
    static void start() {
        served = ServedLists.start(List.of());
        add(1, 5, "2026-03-31T10:00:00Z", RejectReason.TOO_OLD, "{\"device\":\"press-17\"}".getBytes(UTF_8), null);
        add(2, 1, "2026-03-31T11:00:00Z", RejectReason.BAD_NAME, NOT_UTF_8, "Press-17".getBytes(UTF_8));
        add(1, 6, "2026-03-31T12:00:00Z", RejectReason.TOO_OLD, "b".getBytes(UTF_8), null);
        add(2, 2, "2026-04-01T00:00:00Z", RejectReason.CONFLICT, "a".getBytes(UTF_8), null);
    }

    @AfterAll
    static void stop() {
        served.close();
    }

    @Test
    void newestComeFirstWhateverTheirSource() throws Exception {
        assertThat(offsets("")).containsExactly(2L, 6L, 1L, 5L);
        assertThat(offsets("&limit=1")).containsExactly(2L, 6L, 1L, 5L);
        assertThat(offsets("&limit=3")).containsExactly(2L, 6L, 1L, 5L);
        assertThat(offsets("&reason=too-old&limit=1")).containsExactly(6L, 5L);
    }

    @Test
    void aDeviceIsFoundInPayloadAndKey() throws Exception {
        assertThat(offsets("&search=PRESS-17")).containsExactly(1L, 5L);
        assertThat(offsets("&search=press-18")).isEmpty();
        assertThat(served.json("/rejected/count?search=press-17").toString()).isEqualTo("{\"count\":2,\"more\":false}");
        assertThat(served.json("/rejected/count?reason=too-old").get("count").asInt())
                .isEqualTo(2);
    }

    @Test
    void aPayloadThatIsNoTextComesByteForByte() throws Exception {
        JsonNode rows = served.json("/rejected").get("rejected");
        assertThat(Base64.getDecoder().decode(rows.get(2).get("payloadBase64").asText()))
                .isEqualTo(NOT_UTF_8);
        assertThat(rows.get(3).get("payloadBase64").isNull()).isTrue();
    }

    /** A payload that is wrong by itself is rejected again, however often it is sent. */
    @Test
    void onlyWhatSettingsDecideCanBeRedriven() throws Exception {
        List<Boolean> redrivable = new ArrayList<>();
        served.json("/rejected")
                .get("rejected")
                .forEach(row -> redrivable.add(row.get("redrivable").asBoolean()));
        assertThat(redrivable).containsExactly(false, true, false, true);
    }

    private static List<Long> offsets(String more) throws Exception {
        List<Long> offsets = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = served.json("/rejected?topic=t" + more + cursor);
            page.get("rejected").forEach(row -> offsets.add(row.get("offset").asLong()));
            cursor = page.get("next").isNull()
                    ? ""
                    : "&cursor=" + page.get("next").asText();
        } while (!cursor.isEmpty());
        return offsets;
    }

    private static void add(int source, long offset, String time, RejectReason reason, byte[] payload, byte[] key) {
        Rejection rejection = new Rejection(reason, "detail", payload, payload.length);
        long millis = Instant.parse(time).toEpochMilli();
        served.tables.rejections.add(new StoredRejection(
                "t", source, new RejectedReading(offset, 0, rejection, millis, key), 6, 0, null, 0));
    }
}
