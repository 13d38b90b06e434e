package io.weir.core.fold.simulation;

import java.util.Locale;

/** The checks of the simulation: of every write when it reaches the tables, and of all tables at every rest. */
enum Check {
    RAW_ROW("each raw row is the first arrival of its reading"),
    REJECTED_ROW("each rejected reading is rejected by the oracle too"),
    EXCEPTION_ROW("each exception is a duplicate or conflict of the log"),
    CATALOG_ROW("each catalog entry names readings that are stored"),
    ROLLUP_ROW("each rollup row is the fold of its readings through its offset, and has the same bits each time"),
    VERSION("versions rise with the offset; same version, same bytes"),
    RAW_BEFORE_ROLLUP("no rollup row contains a reading that is missing in the raw tables written before it"),
    LEDGER_BALANCE("received = stored + duplicate + rejected"),
    LEDGER_COUNTS("the ledger counts the readings of the log"),
    LEDGER_LAST("everything that the ledger accounts for is in the tables"),
    FOLLOWER_AFTER_DECIDER("no follower's ledger is ahead of its decider's"),
    RAW_TABLES("at rest, both raw tables equal the oracle's"),
    REJECTED_TABLE("at rest, the rejected readings equal the oracle's"),
    EXCEPTIONS_TABLE("at rest, the exceptions equal the oracle's, where a decider wrote them"),
    CATALOG_TABLE("at rest, the catalog equals the oracle's"),
    ROLLUP_TABLES(
            "at rest, the six rollup tables hold the rows that the oracle expects, bit for bit as they were checked"),
    LEDGER_TABLE("at rest, the ledger equals the oracle's"),
    FOLLOWER_LEDGERS("at rest, every follower's ledger has reached its decider's"),
    ENDED_SOURCE("an ended source contains what its ledger accounts for, and nothing that another source applies"),
    EXPIRED_ROW("no process reads a row that has expired"),
    PROGRESS("without faults, a process commits the whole log"),
    ENGINE("the fold throws no exception of its own");

    private final String demand;

    Check(String demand) {
        this.demand = demand;
    }

    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    String demand() {
        return demand;
    }
}
