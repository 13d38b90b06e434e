package io.weir.storage;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The end of a source, as somebody decided it because its log is not what it was: a row of {@code retired_sources}.
 *
 * @param at to the millisecond
 * @param by the user who decided it
 * @param reason in that user's words
 * @param throughOffset the last record that the ledger accounted for
 * @param log what was found in Kafka
 * @param nextOffset where the next source of the same log begins
 */
public record Retirement(
        Action action,
        Instant at,
        String by,
        @Nullable String reason,
        long throughOffset,
        FoundLog log,
        long nextOffset) {

    /** What is decided. */
    public enum Action {
        /** Another topic, or none, has the name of the source's. */
        RETIRE,
        /** Records expired before they were applied. */
        SKIP,
        /** The log has become shorter than the ledger. */
        RENEW;

        /** As it is stored, and as the command is called. */
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Action ofCode(String code) {
            return valueOf(code.toUpperCase(Locale.ROOT));
        }
    }

    /**
     * The log that Kafka has under the name of the source's topic.
     *
     * @param topicId null if there is no such topic
     * @param beginsAt null if there is no such partition
     * @param endsAt the offset of its next record
     */
    public record FoundLog(@Nullable String topicId, @Nullable Long beginsAt, @Nullable Long endsAt) {}

    /** Returns who did what and when, for messages. */
    public String sentence() {
        return by + " has ended it at " + at + " (weir source " + action.code() + ")";
    }
}
