package io.weir.query.access;

import io.weir.core.secret.SecretFile;
import io.weir.core.secret.SecretFileException;
import io.weir.core.text.FailureText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.util.Base64;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** Configures TLS for the server. */
final class Tls {

    private Tls() {}

    /**
     * Returns the TLS connector.
     *
     * @param shared the configuration that all protocols share
     * @throws TlsException if the certificate or the key is missing or invalid
     */
    static ServerConnector connector(
            Server server, HttpConfiguration shared, TlsSettings settings, String host, int port) {
        HttpConfiguration http = new HttpConfiguration(shared);
        SecureRequestCustomizer secure = new SecureRequestCustomizer();
        secure.setSniHostCheck(false); // There is only one certificate, which clients check.
        http.addCustomizer(secure);
        ServerConnector connector = new ServerConnector(
                server, new SslConnectionFactory(context(settings), "http/1.1"), new HttpConnectionFactory(http));
        connector.setHost(host);
        connector.setPort(port);
        return connector;
    }

    private static SslContextFactory.Server context(TlsSettings settings) {
        String password = settings.password() == null ? randomPassword() : settings.password();
        SslContextFactory.Server tls = new SslContextFactory.Server();
        tls.setKeyStore(keyStore(settings, password));
        tls.setKeyManagerPassword(password);
        tls.setIncludeProtocols("TLSv1.3", "TLSv1.2");
        return tls;
    }

    private static KeyStore keyStore(TlsSettings settings, String password) {
        try {
            Path key = settings.key();
            new SecretFile(key == null ? settings.certificate() : key).requirePrivate();
            KeyStore store = KeyStore.getInstance("PKCS12");
            if (settings.key() != null) {
                store.load(null, null);
                store.setKeyEntry(
                        "weir",
                        PemFiles.key(settings.key()),
                        password.toCharArray(),
                        PemFiles.certificates(settings.certificate()));
                return store;
            }
            try (InputStream in = Files.newInputStream(settings.certificate())) {
                store.load(in, password.toCharArray());
            }
            return store;
        } catch (SecretFileException e) {
            throw new TlsException("TLS: " + e.getMessage(), e);
        } catch (IOException | GeneralSecurityException e) {
            throw new TlsException(
                    "cannot read the certificate and the key of " + settings + ": " + FailureText.of(e), e);
        }
    }

    /** The in-memory keystore of PEM files requires a password. */
    private static String randomPassword() {
        byte[] bytes = new byte[16];
        new SecureRandom().nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }
}
