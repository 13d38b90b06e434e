package io.weir.query.access;

import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.UnsupportedMediaTypeResponse;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Set;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.http.UriCompliance.Violation;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Protects the server: checks where it may listen, configures TLS, and filters requests. */
public final class ServerGuard {

    private static final Logger LOG = LoggerFactory.getLogger(ServerGuard.class);

    private static final int MAX_HEADER_BYTES = 8 * 1024;
    private static final Set<HandlerType> WITHOUT_BODY = Set.of(HandlerType.GET, HandlerType.HEAD, HandlerType.OPTIONS);

    /** Names may contain a slash, a backslash or a percent sign; other ambiguous paths are rejected. */
    private static final UriCompliance PATHS = UriCompliance.RFC3986.with(
            "names",
            Violation.AMBIGUOUS_PATH_SEPARATOR,
            Violation.AMBIGUOUS_PATH_ENCODING,
            Violation.SUSPICIOUS_PATH_CHARACTERS);

    private final String host;
    private final int port;
    private final boolean open;
    private final @Nullable TlsSettings tls;
    private final OriginCheck origins;

    private ServerGuard(String host, int port, boolean open, @Nullable TlsSettings tls, List<String> corsOrigins) {
        this.host = host;
        this.port = port;
        this.open = open;
        this.tls = tls;
        this.origins = new OriginCheck(scheme(), corsOrigins);
    }

    /**
     * Creates the guard of a server.
     *
     * @param open whether authentication is off
     * @param tls null for plain HTTP
     * @param corsOrigins allowed origins of other web pages
     * @throws UnsafeServerException if other machines could reach the server and authentication is off
     */
    public static ServerGuard of(
            String host, int port, boolean open, @Nullable TlsSettings tls, List<String> corsOrigins) {
        boolean reachable = !isLoopback(host);
        if (open && reachable) {
            throw new UnsafeServerException("the query API would listen on " + host + ", where other machines can"
                    + " reach it, without authentication: set weir.api.access.authentication to tokens or jwt"
                    + " (docs/how-to/secure-the-api.md), or weir.api.host to 127.0.0.1");
        }
        if (open) {
            LOG.info("the query API runs without authentication; only this machine can reach it, at {}", host);
        } else if (reachable && tls == null) {
            LOG.warn(
                    "the query API uses plain HTTP at {}: tokens are sent unencrypted; set weir.api.tls, or put it"
                            + " behind a TLS proxy that is its only client",
                    host);
        }
        return new ServerGuard(host, port, open, tls, corsOrigins);
    }

    /** Returns the scheme, {@code http} or {@code https}. */
    public String scheme() {
        return tls == null ? "http" : "https";
    }

    /** Returns the host and the port as in a URL. */
    public String authority(int listening) {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + listening;
    }

    /** Adds the handlers that run before all routes. */
    public void addTo(JavalinConfig config) {
        AnswerHeaders headers = new AnswerHeaders(tls != null);
        QuietErrors errors = new QuietErrors(headers);
        config.jetty.modifyHttpConfiguration(http -> {
            http.setRequestHeaderSize(MAX_HEADER_BYTES);
            http.setUriCompliance(PATHS);
            http.addCustomizer(headers);
        });
        config.jetty.modifyServer(server -> server.setErrorHandler(errors));
        config.jetty.modifyServletContextHandler(context -> context.setErrorHandler(errors));
        if (tls != null) {
            config.jetty.addConnector((server, http) -> Tls.connector(server, http, tls, host, port));
        }
        config.routes.before(this::check);
    }

    private void check(Context context) {
        if (open && !HostCheck.isThisMachine(context.host(), context.req().getLocalPort(), tls != null)) {
            throw AccessDeniedException.forbidden("host");
        }
        if (open && !origins.isAllowed(context)) {
            throw AccessDeniedException.forbidden("origin");
        }
        if (!WITHOUT_BODY.contains(context.method()) && !isJson(context.contentType())) {
            throw new UnsupportedMediaTypeResponse("found another Content-Type; expected application/json");
        }
    }

    /** A page of another site cannot send this type without a CORS preflight, which is denied. */
    private static boolean isJson(@Nullable String contentType) {
        return contentType != null && contentType.split(";", 2)[0].strip().equalsIgnoreCase("application/json");
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            throw new UnsafeServerException("weir.api.host is \"" + host + "\", which is not an address of this"
                    + " machine; expected one such as 127.0.0.1");
        }
    }
}
