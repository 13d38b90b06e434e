package io.weir.core.fold;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.weir.core.secret.SecretFile;
import io.weir.core.secret.SecretFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The key that commands to the fold are signed with: 256 bits that the pipeline shares with those who may send
 * commands, and that producers do not have. Thread-safe.
 */
public final class CommandKey {

    private static final String ALGORITHM = "HmacSHA256";
    private static final Pattern DIGITS = Pattern.compile("[0-9a-f]{64}");
    private static final byte[] ID_OF = "weir.command-key".getBytes(US_ASCII);
    private static final int ID_BYTES = 8;

    private final SecretKeySpec key;

    private CommandKey(byte[] key) {
        this.key = new SecretKeySpec(key, ALGORITHM);
    }

    /**
     * Returns the key of 64 hexadecimal digits.
     *
     * @throws IllegalArgumentException if there is anything else; the message does not contain it
     */
    public static CommandKey parse(String digits) {
        if (!DIGITS.matcher(digits).matches()) {
            throw new IllegalArgumentException("found " + digits.length()
                    + " characters; expected a key of 64 hexadecimal digits, such as openssl rand -hex 32 prints");
        }
        return new CommandKey(HexFormat.of().parseHex(digits));
    }

    /**
     * Reads the key from a file.
     *
     * @throws SecretFileException if there is none, it is no key, or others may read it
     */
    public static CommandKey read(Path file) {
        try {
            return parse(new SecretFile(file).read());
        } catch (IllegalArgumentException e) {
            throw new SecretFileException("the command key in " + file + " is malformed: " + e.getMessage(), e);
        }
    }

    /** Returns what names the key and tells nothing about it: 16 hexadecimal digits. */
    public String id() {
        return HexFormat.of().formatHex(sign(ID_OF), 0, ID_BYTES);
    }

    /** Returns the HMAC-SHA256 of a message. */
    byte[] sign(byte[] message) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }

    /** Returns whether that is the HMAC-SHA256 of a message, in a time that does not depend on the answer. */
    boolean hasSigned(byte[] message, byte[] signature) {
        return MessageDigest.isEqual(sign(message), signature);
    }
}
