package io.weir.storage.source;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The end of a source, decided by a user because its log has changed: a row of {@code retired_sources}.
 *
 * @param at the time of the decision, to the millisecond
 * @param by the user who decided
 * @param reason the reason given by the user
 * @param throughOffset the last offset that the ledger accounted for
 * @param log the log found in Kafka
 * @param nextOffset the first offset of the next source of the same log
 */
public record Retirement(
        Action action,
        Instant at,
        String by,
        @Nullable String reason,
        long throughOffset,
        FoundLog log,
        long nextOffset) {

    /** The kind of the end. */
    public enum Action {
        /** The topic's name belongs to another topic, or to none. */
        RETIRE,
        /** Records expired before they were applied. */
        SKIP,
        /** The log has become shorter than the ledger. */
        RENEW;

        /** Returns the name as stored, which is also the name of the command. */
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Action ofCode(String code) {
            return valueOf(code.toUpperCase(Locale.ROOT));
        }
    }

    /**
     * The log in Kafka with the name of the source's topic.
     *
     * @param topicId null if there is no such topic
     * @param beginsAt the first offset; null if there is no such partition
     * @param endsAt the offset of the next record; null if there is no such partition
     */
    public record FoundLog(@Nullable String topicId, @Nullable Long beginsAt, @Nullable Long endsAt) {}

    /** Returns who ended the source, when and how, for messages. */
    public String sentence() {
        return by + " has ended it at " + at + " (weir source " + action.code() + ")";
    }
}
