package io.weir.core.fold.simulation;

import java.util.Locale;

/** What happens in a simulated life, and how often, where that is by chance: a share of the life's rate of trouble. */
enum Event {
    // What devices and the log do, as the oracle sees it.
    RECORD,
    RECORD_WITH_SEVERAL_READINGS,
    GAP_IN_THE_OFFSETS,
    RECORD_TIME_WENT_BACK,
    RECORD_OF_NO_TIME,
    READING_STORED,
    READING_STORED_LATE,
    READING_ON_A_DAY_OF_23_HOURS,
    READING_ON_A_DAY_OF_25_HOURS,
    READING_ON_A_DAY_OF_HALF_HOURS,
    READING_IN_A_ZONE_OFF_THE_HOUR,
    DUPLICATE,
    DUPLICATE_IN_ONE_RECORD,
    DUPLICATE_NAMING_ANOTHER_GROUP,
    CONFLICT,
    CONFLICT_IN_ONE_RECORD,
    MALFORMED,
    TOO_LARGE,
    OUT_OF_RANGE,
    FROM_THE_FUTURE,
    BEFORE_THE_EARLIEST,
    TOO_OLD,

    // What an operator does.
    RAW_ROW_CHANGED,
    RAW_ROW_REMOVED,
    RAW_ROW_ADDED,
    REBUILD,
    REBUILD_REFUSED,
    COMMAND_FORGED,
    REBUILD_IN_EIGHT,
    COPY_OF_A_REPAIRED_READING,

    // Who holds the source.
    PROCESS_STARTED,
    OPENED_AGAIN_AFTER_A_CLEAN_CLOSE,
    OPENED_AGAIN_AFTER_A_FAILURE,
    SOURCE_MOVED_TO_A_NEW_PROCESS,
    SOURCE_MOVED_BACK_TO_AN_OLDER_PROCESS,
    REPLAY_OF_CLOSED_RECORDS,
    REPLAY_FROM_THE_BEGINNING,
    ROW_READ_AGAIN_AFTER_EVICTION,
    BATCH_BEGAN_BEYOND_THE_LEDGER,

    // What strikes a process at any of its calls, or between two of its writes.
    CRASH(1),
    TASK_KILLED(50),
    PAUSE(5),
    STORE_RESTARTED(1),
    EPOCH_READ_TIMED_OUT(40),
    LEDGER_READ_TIMED_OUT(40),
    ROLLUP_READ_TIMED_OUT(20),
    LOOK_UP_TIMED_OUT(40),
    LAST_TIME_READ_TIMED_OUT(20),
    DECIDER_READ_TIMED_OUT(20),
    EXCEPTIONS_READ_TIMED_OUT(20),
    READING_FOR_A_REBUILD_TIMED_OUT(200),
    PAUSE_IN_A_REBUILD(300),
    STORE_RESTARTED_IN_A_REBUILD(300),
    ROLLBACK_INTERRUPTED(100),
    WRITE_REFUSED(10),
    WRITE_FAILED_YET_APPLIED(1),
    WRITE_FAILED_AND_LOST(1),
    WRITE_FAILED_AND_DELAYED(1),
    WRITE_LANDED_AGAIN(2),

    // What comes of it.
    STORE_WENT_BACK,
    LEDGER_REFUSED_IN_ANOTHER_EPOCH,
    ZOMBIE_WENT_ON_WRITING,
    WRITE_OF_A_DEAD_PROCESS_LOST,
    WRITE_OF_A_DEAD_PROCESS_DELIVERED,
    OLDER_WRITE_AFTER_A_NEWER,
    SAME_WRITE_AGAIN,
    WRITE_OF_A_DELETED_ROW,
    ROWS_LANDED_AS_ONE,
    ROW_EXPIRED,
    ROW_REBUILT,
    ROW_REBUILT_TO_NOTHING,
    READINGS_UNDER_WAY,
    READINGS_DURABLE,
    PART_OF_A_FLUSH_BEGUN,
    FLUSH_ENDED,
    FLUSH_UNDER_WAY,
    LEDGER_CLOSED,
    FOLLOWER_LEDGER_CLOSED,
    FOLLOWER_WAITED,
    FOLLOWER_GAVE_UP,
    LAYOUT_CHANGED_TO_EIGHT,
    LAYOUT_CHANGED_TO_FUSED,
    SOURCE_SKIPPED,
    SOURCE_SKIPPED_FOR_A_FOLLOWER,
    SOURCE_RENEWED,
    SOURCE_RETIRED,
    SOURCE_ROLLED_BACK,
    ROLLUP_RESTORED,
    ROLLUP_REMOVED,
    ROW_WRITTEN,
    QUIESCENCE;

    private final int weight;

    Event() {
        this(0);
    }

    Event(int weight) {
        this.weight = weight;
    }

    /** How much more often than a crash it strikes where it can; zero for what is not left to chance. */
    int weight() {
        return weight;
    }

    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
