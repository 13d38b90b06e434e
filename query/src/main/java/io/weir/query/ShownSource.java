package io.weir.query;

import io.weir.storage.Retirement;
import io.weir.storage.read.SourceLedger;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A source as {@code weir source list} shows it.
 *
 * @param beginsAt the first offset of the log that is this source's
 * @param throughOffset the last record that is accounted for; before {@code beginsAt} if there is none
 * @param state {@code live} or {@code retired}
 * @param retired how it has ended; null while it is live
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
     * What was decided about a source, and what was found then.
     *
     * @param action the command: {@code retire}, {@code skip} or {@code renew}
     * @param reason in the words of the user who decided it
     * @param throughOffset the ledger
     * @param logTopicId the id of the topic that had the name; null if there was none
     * @param logBeginsAt what its partition held; null if there was none
     * @param logEndsAt the offset of its next record
     * @param nextOffset where the next source of the same log begins
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
