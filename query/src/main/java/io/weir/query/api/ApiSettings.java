package io.weir.query.api;

/**
 * How the query API is served.
 *
 * @param host the address that it listens on
 * @param port 0 for any free one
 */
public record ApiSettings(String host, int port) {

    public static final ApiSettings DEFAULT = new ApiSettings("127.0.0.1", 8080);

    public ApiSettings withPort(int other) {
        return new ApiSettings(host, other);
    }
}
