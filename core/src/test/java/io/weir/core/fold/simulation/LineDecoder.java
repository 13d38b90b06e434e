package io.weir.core.fold.simulation;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.weir.core.reading.Decoded;
import io.weir.core.reading.Reading;
import io.weir.core.reading.ReadingDecoder;
import io.weir.core.reading.RejectReason;
import io.weir.core.reading.Rejection;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A wire format for the simulation: readings as {@code device,group,metric,time,value}, joined by semicolons. */
final class LineDecoder implements ReadingDecoder {

    static String encode(Reading r) {
        return String.join(",", r.device(), r.group(), r.metric(), Long.toString(r.time()), Double.toString(r.value()));
    }

    @Override
    public String format() {
        return "line/1";
    }

    @Override
    public List<Decoded> decode(byte @Nullable [] value) {
        List<Decoded> elements = new ArrayList<>();
        for (String element : new String(value == null ? new byte[0] : value, UTF_8).split(";")) {
            if (element.equals(PoisonRecords.ELEMENT)) {
                throw new IllegalStateException(PoisonRecords.MESSAGE);
            }
            String[] f = element.split(",");
            elements.add(
                    f.length == 5 && !element.startsWith("{")
                            ? new Reading(f[0], f[1], f[2], Long.parseLong(f[3]), Double.parseDouble(f[4]))
                            : malformed(element.getBytes(UTF_8)));
        }
        return elements;
    }

    private static Rejection malformed(byte[] element) {
        return Rejection.of(RejectReason.MALFORMED, "expected five fields", element, 0, element.length);
    }
}
