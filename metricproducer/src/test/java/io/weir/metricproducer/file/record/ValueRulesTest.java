package io.weir.metricproducer.file.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValueRulesTest {

    private static final ValueRules POINT = new ValueRules(Set.of("NA", " - ", "-999"), false, false, false);
    private static final ValueRules COMMA = new ValueRules(Set.of("-999", "-9,5"), true, true, false);

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "NA", "na", "-", "-999", " -999.0 ", "-9.99e2"})
    void wordsAndNumbersThatMeanNoValue(String text) {
        assertThat(POINT.of(cell(text))).isInstanceOf(ValueRules.Value.Missing.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"n/a", "--", "NaN", "1,5", "1.5.0", "1 5", "0x10", "1e400", "true", "∞"})
    void otherTextIsAnError(String text) {
        assertThat(POINT.of(cell(text))).isInstanceOf(ValueRules.Value.Fault.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"-998 | -998", ".5 | .5", "+1.e3 | 1000", "-0 | -0.0"})
    void numbersWithAPoint(String text, double value) {
        assertThat(POINT.of(cell(text))).isEqualTo(new ValueRules.Value.Measured(value));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"1,5 | 1.5", "-,5e1 | -5", "7 | 7", "TRUE | 1", "false | 0"})
    void numbersWithACommaAndBooleans(String text, double value) {
        assertThat(COMMA.of(cell(text))).isEqualTo(new ValueRules.Value.Measured(value));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-999", "-999,0", "-9,50"})
    void numbersWithACommaThatMeanNoValue(String text) {
        assertThat(COMMA.of(cell(text))).isInstanceOf(ValueRules.Value.Missing.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.5", "1.234,5", "-999.0"})
    void aPointIsNoPartOfANumberWithAComma(String text) {
        assertThat(COMMA.of(cell(text))).isInstanceOf(ValueRules.Value.Fault.class);
    }

    private static Cell cell(String text) {
        return new Cell("c", "c", Cell.Kind.UNTYPED, text);
    }
}
