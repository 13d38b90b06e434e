package io.weir.core.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RejectReasonTest {

    @Test
    void codesNeverChange() {
        assertThat(Arrays.stream(RejectReason.values()).map(RejectReason::code))
                .containsExactly(
                        "malformed",
                        "missing-field",
                        "bad-name",
                        "not-a-number",
                        "out-of-range",
                        "time-out-of-range",
                        "too-old",
                        "too-large",
                        "too-many-elements",
                        "quarantined",
                        "conflict");
    }

    @ParameterizedTest
    @EnumSource
    void findsReasonsByCode(RejectReason reason) {
        assertThat(RejectReason.ofCode(reason.code())).isEqualTo(reason);
        assertThat(reason.explanation()).isNotBlank();
        assertThat(reason.code()).isEqualTo(reason.code().toLowerCase(Locale.ROOT));
    }

    @Test
    void namesAnUnknownCode() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RejectReason.ofCode("MALFORMED"))
                .withMessageContaining("\"MALFORMED\"");
    }
}
