package io.weir.query.access;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The certificate and the key of a server with TLS.
 *
 * @param certificate a PEM file with the certificate chain, or a PKCS#12 keystore that also holds the key
 * @param key a PEM file with the key, PKCS#8 and not encrypted; null for a keystore
 * @param password of the keystore; null for PEM files. Never printed
 */
public record TlsSettings(Path certificate, @Nullable Path key, @Nullable String password) {

    @Override
    public String toString() {
        return "TlsSettings[certificate=" + certificate + ", key=" + key + "]";
    }
}
