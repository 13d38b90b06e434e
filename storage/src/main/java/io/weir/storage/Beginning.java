package io.weir.storage;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Cuts values to the bounds of their columns. */
final class Beginning {

    private Beginning() {}

    /** Returns the first bytes, at most so many. */
    static ByteBuffer of(byte[] bytes, int most) {
        return ByteBuffer.wrap(bytes, 0, Math.min(most, bytes.length)).slice();
    }

    /** Returns the first characters of a text in UTF-8, at most so many bytes of them. */
    static String ofText(byte[] utf8, int most) {
        int end = Math.min(most, utf8.length);
        while (end < utf8.length && isWithinCharacter(utf8[end])) {
            end--;
        }
        return new String(utf8, 0, end, StandardCharsets.UTF_8);
    }

    private static boolean isWithinCharacter(byte next) {
        return (next & 0xC0) == 0x80;
    }
}
