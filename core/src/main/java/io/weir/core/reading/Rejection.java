package io.weir.core.reading;

/**
 * A rejected element of a record, with the information needed to understand and repair it.
 *
 * @param detail a message that states what was found and what was expected
 * @param payload the element as it was sent, or the canonical JSON of a well-formed reading; at most the first {@value
 *     #MAX_PAYLOAD} bytes
 * @param payloadSize the full length of the payload in bytes
 */
public record Rejection(RejectReason reason, String detail, byte[] payload, int payloadSize) implements Decoded {

    /** The maximum length of a payload in bytes. Longer ones are truncated; the complete record is in the log. */
    public static final int MAX_PAYLOAD = 4096;

    /** Creates a rejection of {@code length} bytes of {@code source}, starting at {@code from}. */
    public static Rejection of(RejectReason reason, String detail, byte[] source, int from, int length) {
        byte[] payload = new byte[Math.min(length, MAX_PAYLOAD)];
        System.arraycopy(source, from, payload, 0, payload.length);
        return new Rejection(reason, detail, payload, length);
    }

    /** Creates a rejection of a well-formed reading. */
    public static Rejection of(RejectReason reason, String detail, Reading reading) {
        byte[] json = CanonicalJson.bytes(reading);
        return of(reason, detail, json, 0, json.length);
    }
}
