package io.weir.metricconsumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.weir.core.fold.TablesException;
import org.junit.jupiter.api.Test;

class OwnRunTest {

    private boolean open = true;
    private boolean away;
    private final OwnRun run = new OwnRun("readings", () -> {
        if (away) {
            throw new TablesException("away");
        }
        return open;
    });

    @Test
    void goesOnWhileItIsOpen() {
        assertThat(run.isGiven()).isFalse();
        run.require();
        run.requireOpen();
    }

    @Test
    void endsForGoodOnceItIsReplaced() {
        open = false;
        assertThat(run.isGiven()).isTrue();
        open = true;
        assertThat(run.isGiven()).isTrue();
        assertThatExceptionOfType(StartRefusedException.class)
                .isThrownBy(run::require)
                .withMessageStartingWith("another pipeline has taken over the topic readings");
    }

    @Test
    void doesNotStartAgainOnceItIsReplaced() {
        open = false;
        assertThatExceptionOfType(StartRefusedException.class).isThrownBy(run::requireOpen);
        away = true;
        assertThatExceptionOfType(TablesException.class).isThrownBy(run::requireOpen);
    }

    @Test
    void goesOnWhileNobodyCanTell() {
        away = true;
        assertThat(run.isGiven()).isFalse();
        run.require();
    }
}
