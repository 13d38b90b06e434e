package io.weir.e2e.rig;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;

/** Sends signals for which Java has no method. */
public final class Signal {

    private Signal() {}

    public static void send(String name, long process) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process)).start();
        assertThat(kill.waitFor()).isZero();
    }
}
