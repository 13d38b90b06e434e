package io.weir.query.access;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads certificates and keys from PEM files. */
final class PemFiles {

    private static final Pattern KEY =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
    private static final List<String> KEY_TYPES = List.of("RSA", "EC", "EdDSA");

    private PemFiles() {}

    /** Returns the certificate chain, in the file's order. */
    static Certificate[] certificates(Path file) throws IOException, GeneralSecurityException {
        try (InputStream in = Files.newInputStream(file)) {
            Collection<? extends Certificate> found =
                    CertificateFactory.getInstance("X.509").generateCertificates(in);
            if (found.isEmpty()) {
                throw new TlsException(file + " has no certificate; expected one that begins with -----BEGIN"
                        + " CERTIFICATE-----, followed by its chain");
            }
            return found.toArray(Certificate[]::new);
        }
    }

    static PrivateKey key(Path file) throws IOException, GeneralSecurityException {
        Matcher key = KEY.matcher(Files.readString(file));
        if (!key.find()) {
            throw new TlsException(
                    file + " has no PKCS#8 key, which begins with -----BEGIN PRIVATE KEY-----; convert it with openssl"
                            + " pkcs8 -topk8 -nocrypt -in " + file);
        }
        PKCS8EncodedKeySpec encoded =
                new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(key.group(1)));
        for (String type : KEY_TYPES) {
            Optional<PrivateKey> read = keyOf(type, encoded);
            if (read.isPresent()) {
                return read.get();
            }
        }
        throw new TlsException(file + " has a key of an unsupported type; expected one of " + KEY_TYPES);
    }

    /** PKCS#8 decoding must be tried for each type. */
    private static Optional<PrivateKey> keyOf(String type, PKCS8EncodedKeySpec encoded)
            throws GeneralSecurityException {
        try {
            return Optional.of(KeyFactory.getInstance(type).generatePrivate(encoded));
        } catch (InvalidKeySpecException e) {
            return Optional.empty();
        }
    }
}
