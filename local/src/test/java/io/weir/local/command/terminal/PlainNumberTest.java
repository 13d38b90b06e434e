package io.weir.local.command.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlainNumberTest {

    @ParameterizedTest
    @CsvSource({
        "20,                 20",
        "-0.0,               0",
        "1234567.891,        1234568",
        "12.3456789,         12.3457",
        "0.1,                0.1",
        "0.000012345678,     0.0000123457",
        "1e15,               1000000000000000",
        "1e16,               1E+16",
        "-1.23456789e20,     -1.23457E+20",
        "1e-7,               1E-7"
    })
    void roundsWhatComesAfterThePoint(double value, String text) {
        assertThat(PlainNumber.rounded(value)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "1.0E7,          10000000",
        "0.1,            0.1",
        "1234567.890625, 1234567.890625",
        "1e-5,           0.00001",
        "1e100,          1E+100",
        "-40,            -40"
    })
    void exactNumbersHaveAllDigits(double value, String text) {
        assertThat(PlainNumber.exact(value)).isEqualTo(text);
        assertThat(Double.parseDouble(PlainNumber.exact(value))).isEqualTo(value);
    }

    @Test
    void noNumberIsEmpty() {
        assertThat(PlainNumber.rounded(null)).isEmpty();
    }
}
