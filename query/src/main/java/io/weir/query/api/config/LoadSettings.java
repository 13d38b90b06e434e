package io.weir.query.api.config;

import java.time.Duration;

/**
 * The load limits of the API. Requests beyond them are refused with 429 or 503 and Retry-After, so that active requests
 * and health checks never wait for others.
 *
 * @param maxConnections the maximum number of open connections; beyond it an idle one is closed
 * @param maxRequests the maximum number of concurrent requests, not counting event streams
 * @param maxWaiting the maximum number of queued requests
 * @param maxWait the maximum time of a request in the queue
 * @param maxRequestsPerCaller the maximum number of concurrent requests of one caller; without authentication, of all
 *     callers together
 * @param answerMemory the maximum size in bytes of all buffered responses
 * @param bodyLimit the maximum time to receive the body of a request
 * @param sendGrace how long a client may receive nothing of a response
 * @param minSendRate the minimum rate in bytes per second at which a client must receive beyond that, over the whole
 *     response
 * @param maxStreamsPerCaller the maximum number of event streams of one caller
 * @param maxSeriesPerStream the maximum number of series of one event stream
 * @param maxStreamSeries the maximum number of distinct series, each with a resolution and functions, of all event
 *     streams
 */
public record LoadSettings(
        int maxConnections,
        int maxRequests,
        int maxWaiting,
        Duration maxWait,
        int maxRequestsPerCaller,
        long answerMemory,
        Duration bodyLimit,
        Duration sendGrace,
        long minSendRate,
        int maxStreamsPerCaller,
        int maxSeriesPerStream,
        int maxStreamSeries) {

    /** The maximum number of devices or groups of one request. */
    public static final int MAX_SCOPES = 20;

    /** The maximum number of metrics of one request. */
    public static final int MAX_METRICS = 10;

    static LoadSettings read(SettingsSection in) {
        return new LoadSettings(
                in.between("max-connections", 10, 1_000_000),
                in.between("max-requests", 1, 10_000),
                in.between("max-waiting", 0, 1_000_000),
                in.duration("max-wait"),
                in.between("max-requests-per-caller", 1, 10_000),
                in.bytes("answer-memory", 1 << 20),
                in.duration("body-limit"),
                in.duration("send-grace"),
                in.bytes("min-send-rate", 1),
                in.between("max-streams-per-caller", 0, 10_000),
                in.between("max-series-per-stream", 1, MAX_SCOPES * MAX_METRICS),
                in.between("max-stream-series", 1, 1_000_000));
    }
}
