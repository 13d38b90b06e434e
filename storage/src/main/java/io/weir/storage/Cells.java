package io.weir.storage;

import com.datastax.oss.driver.api.core.ProtocolVersion;
import com.datastax.oss.driver.api.core.type.codec.TypeCodecs;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Encodes the columns of rows that are written together, for tables that get most rows. Names, which many of the rows have in
 * common, are encoded once; the driver reads what it is given through duplicates. Not thread-safe.
 */
final class Cells {

    private static final ProtocolVersion VERSION = ProtocolVersion.DEFAULT;

    private final Map<String, ByteBuffer> texts = new HashMap<>();

    ByteBuffer text(String text) {
        return texts.computeIfAbsent(text, Cells::encoded);
    }

    static ByteBuffer integer(int value) {
        return required(TypeCodecs.INT.encodePrimitive(value, VERSION));
    }

    static ByteBuffer bigint(long value) {
        return required(TypeCodecs.BIGINT.encodePrimitive(value, VERSION));
    }

    static ByteBuffer real(double value) {
        return required(TypeCodecs.DOUBLE.encodePrimitive(value, VERSION));
    }

    /** CQL's timestamps are milliseconds since the epoch. */
    static ByteBuffer timestamp(long millis) {
        return bigint(millis);
    }

    private static ByteBuffer encoded(String text) {
        return required(TypeCodecs.TEXT.encode(text, VERSION));
    }

    /** Codecs return null for null alone. */
    private static ByteBuffer required(@Nullable ByteBuffer encoded) {
        if (encoded == null) {
            throw new IllegalStateException("the driver has encoded a value as nothing");
        }
        return encoded;
    }
}
