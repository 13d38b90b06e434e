package io.weir.metricconsumer.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.weir.core.fold.port.TablesException;
import io.weir.metricconsumer.failure.StartRefusedException;
import org.junit.jupiter.api.Test;

class OwnRunTest {

    private boolean isOpen = true;
    private boolean isUnavailable;
    private final OwnRun run = new OwnRun("readings", () -> {
        if (isUnavailable) {
            throw new TablesException("Cassandra is unavailable");
        }
        return isOpen;
    });

    @Test
    void continuesWhileItIsOpen() {
        assertThat(run.shouldStop()).isFalse();
        run.throwIfStopped();
        run.requireOpen();
    }

    @Test
    void staysStoppedOnceItIsReplaced() {
        isOpen = false;
        assertThat(run.shouldStop()).isTrue();
        isOpen = true;
        assertThat(run.shouldStop()).isTrue();
        assertThatExceptionOfType(StartRefusedException.class)
                .isThrownBy(run::throwIfStopped)
                .withMessageStartingWith("another pipeline has taken over the topic readings");
    }

    @Test
    void mustNotStartOnceItIsReplaced() {
        isOpen = false;
        assertThatExceptionOfType(StartRefusedException.class).isThrownBy(run::requireOpen);
        isUnavailable = true;
        assertThatExceptionOfType(TablesException.class).isThrownBy(run::requireOpen);
    }

    @Test
    void continuesWhileCassandraIsUnavailable() {
        isUnavailable = true;
        assertThat(run.shouldStop()).isFalse();
        run.throwIfStopped();
    }
}
