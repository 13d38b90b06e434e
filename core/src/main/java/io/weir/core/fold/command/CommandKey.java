package io.weir.core.fold.command;

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
 * The secret that signs commands to the fold: 256 bits shared by the pipeline and the operators who may send commands,
 * unknown to producers. Thread-safe.
 */
public final class CommandKey {

    private static final String ALGORITHM = "HmacSHA256";
    private static final Pattern DIGITS = Pattern.compile("[0-9a-f]{64}");
    private static final byte[] ID_MESSAGE = "weir.command-key".getBytes(US_ASCII);
    private static final int ID_BYTES = 8;

    private final SecretKeySpec key;

    private CommandKey(byte[] key) {
        this.key = new SecretKeySpec(key, ALGORITHM);
    }

    /**
     * Parses a key of 64 lower-case hexadecimal digits.
     *
     * @throws IllegalArgumentException if the text is anything else; the message does not contain the text
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
     * @throws SecretFileException if the file does not exist, does not contain a key, or can be read by others
     */
    public static CommandKey read(Path file) {
        try {
            return parse(new SecretFile(file).read());
        } catch (IllegalArgumentException e) {
            throw new SecretFileException("the command key in " + file + " is malformed: " + e.getMessage(), e);
        }
    }

    /** Returns an identifier of the key that reveals nothing about it: 16 hexadecimal digits. */
    public String id() {
        return HexFormat.of().formatHex(sign(ID_MESSAGE), 0, ID_BYTES);
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

    /** Returns true if the signature is the HMAC-SHA256 of the message. Compares in constant time. */
    boolean hasSigned(byte[] message, byte[] signature) {
        return MessageDigest.isEqual(sign(message), signature);
    }
}
