package io.weir.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;

/** Sends signals for which Java has no method. */
final class Signal {

    private Signal() {}

    static void send(String name, long process) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process)).start();
        assertThat(kill.waitFor()).isZero();
    }
}
