package io.weir.query.status;

import io.weir.storage.ledger.SourceLedger;
import io.weir.storage.source.Retirement;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A source in the output of {@code weir source list}.
 *
 * @param beginsAt the first offset of this source
 * @param throughOffset the last offset that the ledger accounts for; below {@code beginsAt} if there is none
 * @param state {@code live} or {@code retired}
 * @param retired the decision that ended it; null while it is live
 */
public record ShownSource(
        int source,
        String topic,
        int partition,
        String topicId,
        long beginsAt,
        long throughOffset,
        String state,
        @Nullable Ending retired) {

    /**
     * The decision about a source, and the state of the log at that time.
     *
     * @param action the command: {@code retire}, {@code skip} or {@code renew}
     * @param reason the reason that the user gave
     * @param throughOffset the last offset of the ledger
     * @param logTopicId the id of the topic with this name; null if it did not exist
     * @param logBeginsAt the begin offset of its partition; null if it did not exist
     * @param logEndsAt the end offset of its partition
     * @param nextOffset the first offset of the next source of the same log
     */
    public record Ending(
            String action,
            Instant at,
            String by,
            @Nullable String reason,
            long throughOffset,
            @Nullable String logTopicId,
            @Nullable Long logBeginsAt,
            @Nullable Long logEndsAt,
            long nextOffset) {

        static Ending of(Retirement retirement) {
            return new Ending(
                    retirement.action().code(),
                    retirement.at(),
                    retirement.by(),
                    retirement.reason(),
                    retirement.throughOffset(),
                    retirement.log().topicId(),
                    retirement.log().beginsAt(),
                    retirement.log().endsAt(),
                    retirement.nextOffset());
        }
    }

    public static ShownSource of(SourceLedger source) {
        Retirement retirement = source.retirement();
        return new ShownSource(
                source.source(),
                source.topic(),
                source.partition(),
                source.topicId(),
                source.id().beginsAt(),
                source.ledger().throughOffset(),
                retirement == null ? "live" : "retired",
                retirement == null ? null : Ending.of(retirement));
    }
}
