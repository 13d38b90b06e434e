package io.weir.metricproducer.simulation;

import static io.weir.core.reading.RejectReason.BAD_NAME;
import static io.weir.core.reading.RejectReason.MALFORMED;
import static io.weir.core.reading.RejectReason.MISSING_FIELD;
import static io.weir.core.reading.RejectReason.NOT_A_NUMBER;
import static io.weir.core.reading.RejectReason.OUT_OF_RANGE;
import static io.weir.core.reading.RejectReason.TIME_OUT_OF_RANGE;

import io.weir.core.reading.Reading;
import io.weir.core.reading.RejectReason;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/** The kinds of malformed readings, each with its record and the expected reject reason. */
enum Spoilt {
    CUT_OFF(MALFORMED, "{'device':'$d','group':'$g','metric':'$m','time':'$t"),
    NO_JSON(MALFORMED, "$m,device=$d value=$v"),
    NOTHING(MALFORMED, "[]"),
    FIELD_TWICE(MALFORMED, "{'device':'$d','metric':'$m','time':'$t','value':$v,'value':$v}"),
    EMPTY_VALUES(MALFORMED, "{'device':'$d','time':'$t','values':{}}"),
    UNKNOWN_TIME(MALFORMED, "{'device':'$d','metric':'$m','time':'yesterday','value':$v}"),
    NO_TIME(MISSING_FIELD, "{'device':'$d','metric':'$m','value':$v}"),
    NO_VALUE(MISSING_FIELD, "{'device':'$d','metric':'$m','time':'$t','value':null}"),
    NO_DEVICE(MISSING_FIELD, "[{'metric':'$m','time':'$t','value':$v}]"),
    EMPTY_METRIC(BAD_NAME, "{'device':'$d','metric':'','time':'$t','value':$v}"),
    CONTROL_CHARACTER(BAD_NAME, "{'device':'$d','group':'$g\\u0000','metric':'$m','time':'$t','value':$v}"),
    NUMBER_FOR_NAME(BAD_NAME, "{'device':17,'metric':'$m','time':'$t','value':$v}"),
    TEXT_VALUE(NOT_A_NUMBER, "{'device':'$d','metric':'$m','time':'$t','value':'$v'}"),
    NAN(NOT_A_NUMBER, "{'device':'$d','metric':'$m','time':'$t','value':NaN}"),
    BOOLEAN_VALUE(NOT_A_NUMBER, "{'device':'$d','time':'$t','values':{'$m':true}}"),
    BEYOND_THE_BOUND(OUT_OF_RANGE, "{'device':'$d','metric':'$m','time':'$t','value':1.1e100}"),
    BEYOND_A_DOUBLE(OUT_OF_RANGE, "{'device':'$d','metric':'$m','time':'$t','value':-1e400}"),
    CLOCK_NEVER_SET(TIME_OUT_OF_RANGE, "{'device':'$d','metric':'$m','time':'1970-01-01T00:03:17Z','value':$v}"),
    CLOCK_NEVER_SET_NUMBER(TIME_OUT_OF_RANGE, "{'device':'$d','metric':'$m','time':197000,'value':$v}");

    static final List<Spoilt> WAYS = List.of(values());

    private final RejectReason reason;
    private final String template;

    Spoilt(RejectReason reason, String template) {
        this.reason = reason;
        this.template = template.replace('\'', '"');
    }

    RejectReason reason() {
        return reason;
    }

    /** Returns the reading with this defect. */
    byte[] bytes(Reading reading) {
        return template.replace("$d", reading.device())
                .replace("$g", reading.group())
                .replace("$m", reading.metric())
                .replace("$t", Instant.ofEpochMilli(reading.time()).toString())
                .replace("$v", Double.toString(reading.value()))
                .getBytes(StandardCharsets.UTF_8);
    }
}
