package io.weir.query.api;

import java.time.Duration;

/**
 * How much the API takes on at a time. What is beyond is refused with 429 or 503 and Retry-After, so that answers
 * that are under way, and those about its health, never wait for others.
 *
 * @param maxConnections the most open connections; for another one, one without an answer under way is closed
 * @param maxRequests the most answers under way, event streams not counted
 * @param maxWaiting the most requests that wait for one of them to end
 * @param maxWait how long one waits
 * @param maxRequestsPerCaller the most answers under way for one caller; for all together where nobody is asked who
 * they are
 * @param answerMemory bytes of all answers that are held until they are whole
 * @param bodyLimit the longest that the body of a request may take to come
 * @param sendGrace how long a client may take nothing of an answer
 * @param minSendRate bytes a second that a client must take beyond that, over the whole answer
 * @param maxStreamsPerCaller the most event streams of one caller
 * @param maxSeriesPerStream the most series of one event stream
 * @param maxStreamSeries the most series, each with a resolution and functions, of all event streams
 */
record LoadSettings(
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
                in.between("max-series-per-stream", 1, Parameters.MAX_SCOPES * Parameters.MAX_METRICS),
                in.between("max-stream-series", 1, 1_000_000));
    }
}
