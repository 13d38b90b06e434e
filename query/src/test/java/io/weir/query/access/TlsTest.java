package io.weir.query.access;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.javalin.Javalin;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TlsTest {

    private static final String PASSWORD = "correct horse";

    @TempDir
    private static Path directory;

    @BeforeAll
    static void makeCertificates() throws Exception {
        make("RSA");
        make("EC");
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "EC"})
    void worksWithPemFiles(String type) throws Exception {
        TlsSettings settings =
                new TlsSettings(directory.resolve(type + ".crt"), directory.resolve(type + ".key"), null);

        assertServed(settings, type);
        assertThat(settings.toString()).doesNotContain("PRIVATE");
    }

    @Test
    void worksWithAKeystore() throws Exception {
        TlsSettings settings = new TlsSettings(directory.resolve("EC.p12"), null, PASSWORD);

        assertServed(settings, "EC");
        assertThat(settings.toString()).doesNotContain(PASSWORD);
    }

    @Test
    void unusableFilesAreReported() throws Exception {
        Path certificate = directory.resolve("RSA.crt");
        Path key = directory.resolve("RSA.key");

        assertThatThrownBy(() -> serve(new TlsSettings(key, key, null))).hasRootCauseInstanceOf(Exception.class);
        assertNotUsed(new TlsSettings(certificate, certificate, null), "has no PKCS#8 key");
        assertNotUsed(new TlsSettings(directory.resolve("none.crt"), key, null), "none.crt");
        assertNotUsed(new TlsSettings(directory.resolve("EC.p12"), null, "wrong"), "EC.p12");
    }

    @Test
    void aKeyReadableByOthersIsRefused() throws Exception {
        Path key = Files.copy(directory.resolve("RSA.key"), directory.resolve("open.key"));
        Path keystore = Files.copy(directory.resolve("EC.p12"), directory.resolve("open.p12"));
        for (Path open : List.of(key, keystore)) {
            Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-r--r--"));
        }

        assertNotUsed(new TlsSettings(directory.resolve("RSA.crt"), key, null), "chmod 600 " + key);
        assertNotUsed(new TlsSettings(keystore, null, PASSWORD), "chmod 600 " + keystore);
    }

    private static void assertNotUsed(TlsSettings settings, String named) {
        assertThatThrownBy(() -> serve(settings))
                .isInstanceOf(TlsException.class)
                .hasMessageContaining(named);
    }

    private static void assertServed(TlsSettings settings, String type) throws Exception {
        Javalin server = serve(settings);
        try {
            HttpClient client =
                    HttpClient.newBuilder().sslContext(trusting(type)).build();
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(URI.create("https://localhost:" + server.port() + "/hello"))
                            .build(),
                    BodyHandlers.ofString());
            assertThat(answer.body()).isEqualTo("hello");
            assertThat(answer.headers().firstValue("Strict-Transport-Security")).hasValue("max-age=31536000");
            assertThat(answer.sslSession().orElseThrow().getProtocol()).isEqualTo("TLSv1.3");
        } finally {
            server.stop();
        }
    }

    private static Javalin serve(TlsSettings settings) {
        return Javalin.create(config -> {
                    config.startup.showJavalinBanner = false;
                    ServerGuard.of("127.0.0.1", 0, true, settings, List.of()).addTo(config);
                    config.routes.get("/hello", context -> context.result("hello"));
                })
                .start("127.0.0.1", 0);
    }

    private static SSLContext trusting(String type) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("weir", PemFiles.certificates(directory.resolve(type + ".crt"))[0]);
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    /** A self-signed certificate, as a keystore and as PEM. */
    private static void make(String type) throws Exception {
        Path keystore = directory.resolve(type + ".p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "weir",
                        "-keyalg",
                        type,
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost,ip:127.0.0.1",
                        "-validity",
                        "2",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        keystore.toString(),
                        "-storepass",
                        PASSWORD)
                .inheritIO()
                .start();
        assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(keytool.exitValue()).isZero();
        hide(keystore);
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keystore)) {
            store.load(in, PASSWORD.toCharArray());
        }
        write(type + ".crt", "CERTIFICATE", store.getCertificate("weir").getEncoded());
        write(
                type + ".key",
                "PRIVATE KEY",
                store.getKey("weir", PASSWORD.toCharArray()).getEncoded());
    }

    private static void hide(Path file) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    private static void write(String file, String label, byte[] content) throws IOException {
        String text = "-----BEGIN " + label + "-----\n"
                + Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII)).encodeToString(content)
                + "\n-----END " + label + "-----\n";
        hide(Files.writeString(directory.resolve(file), text));
    }
}
