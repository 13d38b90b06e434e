package io.weir.core.reading;

/**
 * An element of a record that is no acceptable reading, with what is needed to understand and repair it.
 *
 * @param detail what was found and what was expected, for a person
 * @param payload the element as it was sent, or the canonical JSON of a reading that was well formed; at most
 *     {@value #MAX_PAYLOAD} bytes of it
 * @param payloadSize the length of the payload before it was cut
 */
public record Rejection(RejectReason reason, String detail, byte[] payload, int payloadSize) implements Decoded {

    /** Longer payloads are cut: the record itself stays in the log. */
    public static final int MAX_PAYLOAD = 4096;

    /** Rejects {@code length} bytes of {@code source} from {@code from}. */
    public static Rejection of(RejectReason reason, String detail, byte[] source, int from, int length) {
        byte[] payload = new byte[Math.min(length, MAX_PAYLOAD)];
        System.arraycopy(source, from, payload, 0, payload.length);
        return new Rejection(reason, detail, payload, length);
    }

    /** Rejects a reading that was well formed. */
    public static Rejection of(RejectReason reason, String detail, Reading reading) {
        byte[] json = CanonicalJson.bytes(reading);
        return of(reason, detail, json, 0, json.length);
    }
}
