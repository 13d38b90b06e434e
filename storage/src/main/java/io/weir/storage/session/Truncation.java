package io.weir.storage.session;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Truncates values to the limits of their columns. */
public final class Truncation {

    private Truncation() {}

    /** Returns the first bytes, up to a maximum. */
    public static ByteBuffer of(byte[] bytes, int maxBytes) {
        return ByteBuffer.wrap(bytes, 0, Math.min(maxBytes, bytes.length)).slice();
    }

    /** Returns the first whole characters of a UTF-8 text, up to a maximum number of bytes. */
    public static String ofText(byte[] utf8, int maxBytes) {
        int end = Math.min(maxBytes, utf8.length);
        while (end < utf8.length && isWithinCharacter(utf8[end])) {
            end--;
        }
        return new String(utf8, 0, end, StandardCharsets.UTF_8);
    }

    private static boolean isWithinCharacter(byte next) {
        return (next & 0xC0) == 0x80;
    }
}
