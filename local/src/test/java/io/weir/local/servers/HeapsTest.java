package io.weir.local.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.local.servers.Heaps.Part;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeapsTest {

    private static final long MIB = 1024 * 1024;

    @ParameterizedTest
    @CsvSource({
        "512, 256, 768, 1024",
        "4096, 256, 768, 1024",
        "8192, 256, 1024, 2048",
        "16384, 512, 2048, 4096",
        "23552, 736, 2944, 5888",
        "65536, 1024, 8192, 8192",
        "1048576, 1024, 8192, 8192"
    })
    void heapsDependOnTheMachinesMemory(long memory, long kafka, long cassandra, long pipeline) {
        Heaps heaps = Heaps.of(memory * MIB, Map.of());
        assertThat(heaps.maximum(Part.KAFKA)).isEqualTo("-Xmx" + kafka + "m");
        assertThat(heaps.initial(Part.CASSANDRA)).isEqualTo("-Xms" + cassandra + "m");
        assertThat(heaps.maximum(Part.CASSANDRA)).isEqualTo("-Xmx" + cassandra + "m");
        assertThat(heaps.maximum(Part.PIPELINE)).isEqualTo("-Xmx" + pipeline + "m");
    }

    @Test
    void aGivenHeapOverridesTheMemory() {
        Heaps heaps = Heaps.of(8192 * MIB, Map.of(Part.PIPELINE, Heaps.parse("3g"), Part.KAFKA, Heaps.parse("64m")));
        assertThat(heaps).hasToString("kafka 64 MiB, cassandra 1024 MiB, pipeline 3072 MiB");
    }

    @ParameterizedTest
    @ValueSource(longs = {4800, 8192, 16384, 23552, 65536, 1048576})
    void theHeapsFitIntoTheMemory(long memory) {
        assertThat(Heaps.of(memory * MIB, Map.of()).shortageOf(memory * MIB)).isEmpty();
    }

    @Test
    void tooLittleMemoryIsReported() {
        assertThat(Heaps.LEAST.shortageOf(3800 * MIB))
                .hasValue("Kafka, Cassandra, the pipeline and the query API need up to 4.5 GiB of memory with these"
                        + " heaps: kafka 256 MiB, cassandra 768 MiB, pipeline 1024 MiB. This machine, or its"
                        + " container, has 3.7 GiB: it may swap, or the kernel may kill one of the processes. Add"
                        + " memory, or set smaller heaps with --heap PART=SIZE");
        long memory = 8192 * MIB;
        assertThat(Heaps.of(memory, Map.of(Part.PIPELINE, Heaps.parse("6g"))).shortageOf(memory))
                .isPresent();
    }

    @ParameterizedTest
    @CsvSource({"1536m, 1536", "2g, 2048", "2G, 2048", "2GB, 2048", "2GiB, 2048"})
    void aSizeIsInMebibytesOrGibibytes(String size, long mebibytes) {
        assertThat(Heaps.parse(size)).isEqualTo(mebibytes * MIB);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "2", "0g", "-1g", "2t", "1.5g", "g", "99999999999g"})
    void otherTextIsNoSize(String size) {
        assertThatThrownBy(() -> Heaps.parse(size))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("\"" + size + "\" is not a heap size; expected, for example, 1536m or 2g");
    }

    @Test
    void theMachinesMemoryIsFound() {
        assertThat(Heaps.availableMemory()).isGreaterThan(256 * MIB);
    }
}
