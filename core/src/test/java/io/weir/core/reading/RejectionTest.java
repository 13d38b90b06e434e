package io.weir.core.reading;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RejectionTest {

    @Test
    void copiesTheRejectedBytes() {
        byte[] record = "[{},oops]".getBytes(UTF_8);
        Rejection rejection = Rejection.of(RejectReason.MALFORMED, "detail", record, 4, 4);
        record[4] = '?';
        assertThat(new String(rejection.payload(), UTF_8)).isEqualTo("oops");
        assertThat(rejection.payloadSize()).isEqualTo(4);
    }

    @Test
    void truncatesLongPayloadsAndKeepsTheirLength() {
        byte[] record = "x".repeat(5000).getBytes(UTF_8);
        Rejection whole = Rejection.of(RejectReason.TOO_LARGE, "detail", record, 0, 4096);
        Rejection cut = Rejection.of(RejectReason.TOO_LARGE, "detail", record, 0, 4097);
        assertThat(whole.payload()).hasSize(4096);
        assertThat(cut.payload()).hasSize(4096);
        assertThat(cut.payloadSize()).isEqualTo(4097);
    }
}
