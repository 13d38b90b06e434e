package io.weir.query.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * The text that a caller shows to be let in: a prefix, which scanners for leaked secrets may look for, and 256 random
 * bits. Only its hash is kept. A fast hash is right for it: what nobody can guess needs no slow one, and what is checked
 * at each request cannot afford it.
 */
public final class BearerToken {

    static final String PREFIX = "weir_";

    private static final int BYTES = 32;

    private BearerToken() {}

    /** Returns a token that nobody has yet. */
    public static String random(SecureRandom random) {
        byte[] secret = new byte[BYTES];
        random.nextBytes(secret);
        return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    }

    /** Returns the token's SHA-256, as it is kept. */
    public static byte[] hash(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
