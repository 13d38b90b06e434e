package io.weir.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.DefaultConfiguration;
import org.apache.logging.log4j.core.impl.Log4jLogEvent;
import org.apache.logging.log4j.core.layout.PatternLayout;
import org.apache.logging.log4j.message.SimpleMessage;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Text that a message or an exception quotes must not forge log lines or control a terminal. */
class PrintableLogTest {

    private static final String HOSTILE =
            "\u001b[2J\u009b31m\r\u202e\u2028\ud800 é😀\n2026-01-01 00:00:00.000 ERROR forged";

    static Stream<Path> configurations() {
        return Stream.of(
                        "local/src/main/resources/log4j2.properties",
                        "metricconsumer/src/main/conf/log4j2.properties",
                        "images/src/main/docker/spark/conf/log4j2.properties",
                        "images/src/main/docker/spark/conf/log4j2-file.properties",
                        "servers/kafka/src/main/conf/log4j2.properties")
                .map(Path.of("..")::resolve);
    }

    @ParameterizedTest
    @MethodSource("configurations")
    void messagesCannotForgeLogLines(Path configuration) throws IOException {
        String logged =
                logged(configuration, new IllegalStateException("not " + HOSTILE, new IOException("since " + HOSTILE)));

        assertThat(logged)
                .contains("quoted \ufffd[2J\ufffd31m\ufffd\ufffd\ufffd\ufffd é😀\n\t2026-01-01")
                .contains("java.lang.IllegalStateException: not \ufffd[2J")
                .contains("\n\tat ")
                .contains("\nCaused by: java.io.IOException: since \ufffd[2J")
                .doesNotContain("\n2026-01-01")
                .endsWith("\n");
        assertThat(logged.chars().filter(c -> c != '\n' && c != '\t').filter(Character::isISOControl))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("configurations")
    void anOrdinaryLineIsUnchanged(Path configuration) throws IOException {
        String quiet = "a plain line";
        Log4jLogEvent event = Log4jLogEvent.newBuilder()
                .setLoggerName("io.weir.Some")
                .setLevel(Level.WARN)
                .setThreadName("main")
                .setMessage(new SimpleMessage(quiet))
                .build();
        assertThat(layout(configuration).toSerializable(event)).endsWith(" " + quiet + "\n");
    }

    private static String logged(Path configuration, Throwable thrown) throws IOException {
        return layout(configuration)
                .toSerializable(Log4jLogEvent.newBuilder()
                        .setLoggerName("io.weir.Some")
                        .setLevel(Level.WARN)
                        .setThreadName("main")
                        .setMessage(new SimpleMessage("quoted " + HOSTILE))
                        .setThrown(thrown)
                        .build());
    }

    private static PatternLayout layout(Path configuration) throws IOException {
        Properties properties = new Properties();
        try (Reader text = Files.newBufferedReader(configuration)) {
            properties.load(text);
        }
        String pattern = properties.stringPropertyNames().stream()
                .filter(name -> name.endsWith(".layout.pattern"))
                .map(properties::getProperty)
                .findFirst()
                .orElseThrow();
        for (String name : new String[] {"forged", "unprintable"}) {
            pattern = pattern.replace("${" + name + "}", properties.getProperty("property." + name));
        }
        return PatternLayout.newBuilder()
                .withConfiguration(new DefaultConfiguration())
                .withPattern(pattern)
                .build();
    }
}
