package io.weir.query.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class RequestJsonTest {

    @Test
    void fieldNamesOfCallersAreForgotten() throws Exception {
        ObjectMapper mapper = RequestJson.mapper();
        long before = usedHeapBytes();
        for (int i = 0; i < 500; i++) {
            String text = "{\"" + i + "n".repeat(40_000) + "\":1}";
            assertThat(mapper.readTree(text)).hasSize(1);
            assertThat(mapper.readTree(text.getBytes(UTF_8))).hasSize(1);
        }
        assertThat(usedHeapBytes() - before).isLessThan(8 << 20);
        assertThat(mapper.readTree("{}")).isEmpty();
    }

    private static long usedHeapBytes() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
