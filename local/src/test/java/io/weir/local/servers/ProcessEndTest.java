package io.weir.local.servers;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProcessEndTest {

    @ParameterizedTest
    @CsvSource({
        "1, with exit code 1, Its log says why",
        "3, with exit code 3, Its JVM ran out of memory",
        "137, by signal 9 (SIGKILL), or the kernel did because memory ran out",
        "143, by signal 15 (SIGTERM), Another process asked it to end",
        "134, by signal 6 (SIGABRT), Its JVM crashed",
        "255, with exit code 255, Its log says why"
    })
    void reportsCodeOrSignalAndTheLikelyCause(int code, String how, String cause) {
        assertThat(new ProcessEnd(code).how()).isEqualTo(how);
        assertThat(new ProcessEnd(code).cause()).contains(cause);
    }
}
