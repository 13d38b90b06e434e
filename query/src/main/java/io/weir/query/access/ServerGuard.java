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

/** What keeps the server itself safe, whoever asks: where it may listen, by what protocol, and which requests it takes. */
public final class ServerGuard {

    private static final Logger LOG = LoggerFactory.getLogger(ServerGuard.class);

    private static final int MAX_HEADER_BYTES = 8 * 1024;
    private static final Set<HandlerType> WITHOUT_BODY = Set.of(HandlerType.GET, HandlerType.HEAD, HandlerType.OPTIONS);

    /** Names may hold a slash, a backslash or a percent sign; nothing else in a path may be read in two ways. */
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
     * Guards a server that listens there.
     *
     * @param open whether it asks nobody who they are
     * @param tls null to be asked in the clear
     * @param corsOrigins of web pages elsewhere that may ask
     * @throws UnsafeServerException if others could reach it, and it is open
     */
    public static ServerGuard of(
            String host, int port, boolean open, @Nullable TlsSettings tls, List<String> corsOrigins) {
        boolean reachable = !isLoopback(host);
        if (open && reachable) {
            throw new UnsafeServerException("the query API would listen on " + host + ", where others can reach it, and"
                    + " ask nobody who they are: set weir.api.access.authentication to tokens or jwt"
                    + " (docs/how-to/secure-the-api.md), or weir.api.host to 127.0.0.1");
        }
        if (open) {
            LOG.info("the query API asks nobody who they are; only this machine can reach it, at {}", host);
        } else if (reachable && tls == null) {
            LOG.warn(
                    "the query API is asked in the clear at {}: whoever listens in sees the tokens; set weir.api.tls,"
                            + " or let nobody reach it but a proxy that is asked by TLS",
                    host);
        }
        return new ServerGuard(host, port, open, tls, corsOrigins);
    }

    /** How it is asked: {@code http} or {@code https}. */
    public String scheme() {
        return tls == null ? "http" : "https";
    }

    /** Returns the host, as it stands in a URL, with the port that it listens on. */
    public String authority(int listening) {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + listening;
    }

    /** Goes before all routes. */
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

    /** A page of another site cannot send this type without asking first, which is never granted to it. */
    private static boolean isJson(@Nullable String contentType) {
        return contentType != null && contentType.split(";", 2)[0].strip().equalsIgnoreCase("application/json");
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            throw new UnsafeServerException("weir.api.host is \"" + host + "\", which is no address of this machine:"
                    + " expected one, such as 127.0.0.1");
        }
    }
}
