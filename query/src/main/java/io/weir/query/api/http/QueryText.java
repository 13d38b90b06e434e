package io.weir.query.api.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Checks the percent-encoding of a request's query: a parameter that cannot be decoded would be ignored. */
public final class QueryText {

    private static final int HEX = 16;

    private QueryText() {}

    /**
     * Returns the first parameter that is not percent-encoded UTF-8, as it was sent.
     *
     * @param query null for none
     */
    public static Optional<String> firstUndecodable(@Nullable String query) {
        return query == null
                ? Optional.empty()
                : Stream.of(query.split("&", -1))
                        .filter(parameter -> !isDecodable(parameter))
                        .findFirst();
    }

    private static boolean isDecodable(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '%') {
                bytes.write(c < 0x80 ? c : '?'); // a character that needs no decoding
                continue;
            }
            if (i + 2 >= text.length()) {
                return false;
            }
            int high = Character.digit(text.charAt(i + 1), HEX);
            int low = Character.digit(text.charAt(i + 2), HEX);
            if (high < 0 || low < 0) {
                return false;
            }
            bytes.write(HEX * high + low);
            i += 2;
        }
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes.toByteArray()));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
