package io.weir.query.api;

import io.weir.query.access.AccessSettings;
import java.time.Duration;
import java.util.List;

/**
 * How the query API is served, and what a request may ask for.
 *
 * @param host the address that it listens on
 * @param port 0 for any free one
 * @param corsOrigins of web pages elsewhere that may ask, as browsers send them; none by default
 * @param maxPoints the most windows, or raw readings instead of them, that one series of an answer has
 * @param maxWindows the most windows in one answer
 * @param timeLimit the longest that one answer may take
 * @param maxStreams the most event streams at a time
 * @param refresh how often the ledgers are read, for what is said of them and for event streams
 * @param load how much it takes on at a time
 * @param access who may ask
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
