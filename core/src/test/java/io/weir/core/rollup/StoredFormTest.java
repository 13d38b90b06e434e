package io.weir.core.rollup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Tests that stored rollups can be restored and continued by every later version, identically in every bit. The
 * fixtures are rollups stored by an earlier version after the first half of the readings below.
 */
class StoredFormTest {

    private static final int READINGS = 400;

    private static final String WHAT_TO_DO = "The stored form has changed: existing rows cannot be continued. If that"
            + " is not intended, undo the change. If it is, make this version refuse existing tables: with a new FORMAT"
            + " in SketchBytes if the sketch has changed, otherwise with a new VERSION in Schema. Then copy the actual"
            + " values into %s, and state in CHANGELOG.md that rollups must be rebuilt from the log in another"
            + " keyspace.";

    /** The readings of a fixture. */
    enum Fixture {
        SENSORS("stored-sensors.properties", i -> i % 10 == 0 ? -0.5 * i - 1 : 20 + (i * 31 % 97) / 7.0),
        EXTREMES("stored-extremes.properties", i -> switch (i % 5) {
            case 0 -> 0;
            case 1 -> -i * 1e97;
            case 2 -> i % 100 == 2 ? 1e100 : 1e-9 * i;
            case 3 -> 1e9 + i * 0x1p-20;
            default -> Double.MIN_VALUE * i;
        });

        private final String file;
        private final IntToDoubleFunction values;

        Fixture(String file, IntToDoubleFunction values) {
            this.file = file;
            this.values = values;
        }

        Rollup fold(Rollup rollup, int from, int to) {
            for (int i = from; i < to; i++) {
                rollup.add(1_774_000_000_000L + i * 7919L % 4001, "d" + i % 7, values.applyAsDouble(i));
            }
            return rollup;
        }

        Map<String, String> read() {
            Properties properties = new Properties();
            try (InputStream stream = Fixture.class.getResourceAsStream(file)) {
                properties.load(stream);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return properties.stringPropertyNames().stream()
                    .collect(Collectors.toMap(name -> name, properties::getProperty));
        }
    }

    @ParameterizedTest
    @EnumSource
    void storesTheSameAsEarlierVersions(Fixture fixture) {
        assertThat(lines(stored(fixture.fold(new Rollup(), 0, READINGS / 2))))
                .as(WHAT_TO_DO, fixture.file)
                .isEqualTo(lines(fixture.read()));
    }

    @ParameterizedTest
    @EnumSource
    void continuesRollupsOfEarlierVersions(Fixture fixture) {
        Rollup restored = restore(fixture.read());
        assertThat(lines(stored(fixture.fold(restored, READINGS / 2, READINGS))))
                .as(WHAT_TO_DO, fixture.file)
                .isEqualTo(lines(stored(fixture.fold(new Rollup(), 0, READINGS))));
    }

    private static Map<String, String> stored(Rollup rollup) {
        Map<String, String> columns = new LinkedHashMap<>();
        columns.put("count", Long.toString(rollup.count()));
        columns.put("sum", Double.toHexString(rollup.rawSum()));
        columns.put("compensation", Double.toHexString(rollup.compensation()));
        columns.put("min", Double.toHexString(rollup.min()));
        columns.put("max", Double.toHexString(rollup.max()));
        columns.put("squared-deviations", Double.toHexString(rollup.squaredDeviations()));
        put(columns, "first", rollup.first());
        put(columns, "last", rollup.last());
        columns.put("sketch", HexFormat.of().formatHex(rollup.sketch().encode()));
        return columns;
    }

    private static void put(Map<String, String> columns, String which, Sample sample) {
        columns.put(which + "-time", Long.toString(sample.time()));
        columns.put(which + "-device", sample.device());
        columns.put(which + "-value", Double.toHexString(sample.value()));
    }

    private static Rollup restore(Map<String, String> columns) {
        return Rollup.restore(
                Long.parseLong(columns.get("count")),
                Double.parseDouble(columns.get("sum")),
                Double.parseDouble(columns.get("compensation")),
                Double.parseDouble(columns.get("min")),
                Double.parseDouble(columns.get("max")),
                Double.parseDouble(columns.get("squared-deviations")),
                sample(columns, "first"),
                sample(columns, "last"),
                QuantileSketch.decode(HexFormat.of().parseHex(columns.get("sketch"))));
    }

    private static Sample sample(Map<String, String> columns, String which) {
        return new Sample(
                Long.parseLong(columns.get(which + "-time")),
                columns.get(which + "-device"),
                Double.parseDouble(columns.get(which + "-value")));
    }

    private static String lines(Map<String, String> columns) {
        return columns.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(column -> column.getKey() + " = " + column.getValue())
                .collect(Collectors.joining("\n"));
    }
}
