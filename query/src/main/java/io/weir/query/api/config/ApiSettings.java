package io.weir.query.api.config;

import io.weir.query.access.AccessSettings;
import java.time.Duration;
import java.util.List;

/**
 * The settings of the query API.
 *
 * @param host the address that it listens on
 * @param port the port; 0 for any free port
 * @param corsOrigins allowed origins of other web pages, as browsers send them; none by default
 * @param maxPoints the maximum number of windows or raw readings in one series of a response
 * @param maxWindows the maximum number of windows in one response
 * @param timeLimit the maximum duration of one request
 * @param maxStreams the maximum number of event streams
 * @param refresh the interval at which the ledgers are read
 * @param load the load limits
 * @param access authentication, rate limits and TLS
 */
public record ApiSettings(
        String host,
        int port,
        List<String> corsOrigins,
        int maxPoints,
        int maxWindows,
        Duration timeLimit,
        int maxStreams,
        Duration refresh,
        LoadSettings load,
        AccessSettings access) {

    public ApiSettings {
        corsOrigins = List.copyOf(corsOrigins);
    }

    public ApiSettings withPort(int other) {
        return new ApiSettings(
                host, other, corsOrigins, maxPoints, maxWindows, timeLimit, maxStreams, refresh, load, access);
    }
}
