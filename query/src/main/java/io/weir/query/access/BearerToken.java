package io.weir.query.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * A bearer token: a prefix that scanners for leaked secrets can detect, and 256 random bits. Only its hash is stored. A
 * fast hash is sufficient, because a random token cannot be guessed, and necessary, because it is checked on each
 * request.
 */
public final class BearerToken {

    static final String PREFIX = "weir_";

    private static final int BYTES = 32;

    private BearerToken() {}

    /** Returns a new random token. */
    public static String random(SecureRandom random) {
        byte[] secret = new byte[BYTES];
        random.nextBytes(secret);
        return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    }

    /** Returns the token's SHA-256, the stored form. */
    public static byte[] hash(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
