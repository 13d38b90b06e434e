package io.weir.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.fold.port.RejectedReading;
import io.weir.core.reading.RejectReason;
import io.weir.core.reading.Rejection;
import io.weir.storage.rejected.StoredRejection;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ShownRejectionTest {

    @Test
    void completeTextIsShownUnchanged() {
        ShownRejection shown = shown(new byte[3], 7, new byte[5], 5);
        assertThat(shown.cut()).isNull();
        assertThat(shown.detail()).isEqualTo("détail");
        assertThat(shown.detailSize()).isEqualTo(7);
        assertThat(shown.keySize()).isEqualTo(5);
    }

    @Test
    void truncatedTextIsShownWithItsLength() {
        ShownRejection shown = shown(new byte[2], 8, new byte[1024], 100_000);
        assertThat(shown.cut()).isEqualTo("detail,payload,key");
        assertThat(shown.isCut("key")).isTrue();
        assertThat(shown.isCut("e")).isFalse();
        assertThat(shown.detail()).isEqualTo("détail…");
        assertThat(shown.detailSize()).isEqualTo(8);
        assertThat(shown.payloadSize()).isEqualTo(3);
        assertThat(shown.keySize()).isEqualTo(100_000);
    }

    @Test
    void aRecordWithoutAKeyHasNoKeyLength() {
        assertThat(shown(new byte[3], 7, null, 0).keySize()).isNull();
    }

    private static ShownRejection shown(byte[] payload, int detailSize, byte @Nullable [] key, int keySize) {
        Rejection rejection = new Rejection(RejectReason.MALFORMED, "détail", payload, 3);
        RejectedReading rejected = new RejectedReading(1, 0, rejection, 0, key);
        return ShownRejection.of(new StoredRejection("t", 1, rejected, detailSize, keySize, null, 0), 0);
    }
}
