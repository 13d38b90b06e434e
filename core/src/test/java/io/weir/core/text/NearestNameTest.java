package io.weir.core.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NearestNameTest {

    private static final List<String> KNOWN =
            List.of("weir.kafka.topic", "weir.kafka.retention", "weir.cassandra.retention", "weir.pipeline.zone");

    @ParameterizedTest
    @CsvSource({
        "weir.kafka.topc, weir.kafka.topic",
        "weir.kafka.topics, weir.kafka.topic",
        "weir.kafak.topic, weir.kafka.topic",
        "weir.pipeline.zoon, weir.pipeline.zone",
        "weir.topic, weir.kafka.topic",
        "topic, weir.kafka.topic"
    })
    void isFound(String misspelt, String meant) {
        assertThat(NearestName.of(misspelt, KNOWN)).hasValue(meant);
    }

    @ParameterizedTest
    @ValueSource(strings = {"colour", "weir.retention", "", "weir.api.access.jwt.secret"})
    void isAbsentWhereNoneIsNearOrSeveralAre(String misspelt) {
        assertThat(NearestName.of(misspelt, KNOWN)).isEmpty();
    }

    @Test
    void nothingIsNearToNothing() {
        assertThat(NearestName.of("weir.kafka.topic", List.of())).isEmpty();
    }
}
