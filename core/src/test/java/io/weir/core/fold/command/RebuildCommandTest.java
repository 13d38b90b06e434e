package io.weir.core.fold.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.fold.port.RawSpan;
import io.weir.core.rollup.Scope;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RebuildCommandTest {

    private static final String TIMES = "\"from\":1000,\"to\":2000}";

    @ParameterizedTest
    @EnumSource
    void parsesItsOwnText(Scope scope) {
        RawSpan raw = new RawSpan(scope, "d \"17\" é", "m", -5, 1_774_800_000_123L);
        for (boolean acceptsRepairs : new boolean[] {false, true}) {
            RebuildCommand command = new RebuildCommand(raw, acceptsRepairs);
            assertThat(RebuildCommand.parse(command.text())).isEqualTo(command);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{",
                "{}",
                "{\"scope\":\"device\",\"id\":\"d\",\"metric\":\"m\",\"from\":1000}",
                "{\"scope\":\"fleet\",\"id\":\"d\",\"metric\":\"m\"," + TIMES,
                "{\"scope\":\"device\",\"id\":\"\",\"metric\":\"m\"," + TIMES,
                "{\"scope\":\"device\",\"id\":7,\"metric\":\"m\"," + TIMES,
                "{\"scope\":\"device\",\"id\":\"d\",\"metric\":\"a\\u0000b\"," + TIMES,
                "{\"scope\":\"device\",\"id\":\"d\",\"metric\":\"m\",\"more\":1," + TIMES,
                "{\"scope\":\"device\",\"id\":\"d\",\"metric\":\"m\",\"repairs\":\"all\"," + TIMES,
                "{\"scope\":\"device\",\"id\":\"d\",\"id\":\"d\",\"metric\":\"m\"," + TIMES,
                "{\"scope\":\"device\",\"id\":\"d\",\"metric\":\"m\"," + TIMES + " 1",
                "{\"scope\":\"device\",\"id\":\"d\",\"metric\":\"m\",\"from\":2000,\"to\":2000}",
                "{\"scope\":\"device\",\"id\":\"d\",\"metric\":\"m\",\"from\":1000.5,\"to\":2000}",
                "{\"scope\":\"device\",\"id\":\"d\",\"metric\":\"m\",\"from\":{},\"to\":2000}",
                "{\"scope\":\"device\",\"id\":\"d\",\"metric\":\"m\",\"from\":\"noon\",\"to\":2000}",
                "{\"scope\":\"device\",\"id\":\"d\",\"metric\":\"m\",\"from\":1000,\"to\":253402300800000}",
                "{\"scope\":\"device\",\"id\":\"d\",\"metric\":\"m\",\"from\":1000,\"to\":99999999999999999999}",
                "{\"device\":\"d\",\"metric\":\"m\",\"time\":1000,\"value\":1}"
            })
    void rejectsAnythingElse(String value) {
        assertThat(RebuildCommand.parse(value)).isNull();
    }
}
