package io.weir.core.fold.simulation;

import java.util.Locale;

/** What the simulation demands: of every write as it reaches the tables, and of all tables at every quiescence. */
enum Check {
    RAW_ROW("each raw row is the first arrival of its reading"),
    REJECTED_ROW("each rejected reading is one that the log makes so"),
    EXCEPTION_ROW("each exception is a duplicate or conflict of the log"),
    CATALOG_ROW("each catalog entry names readings that are stored"),
    ROLLUP_ROW("each rollup row is the fold of its readings through its offset, and has the same bits each time"),
    VERSION("versions rise with the offset; same version, same bytes"),
    RAW_BEFORE_ROLLUP("no rollup row holds a reading that is not in the raw tables which come before it"),
    LEDGER_BALANCE("received = stored + duplicate + rejected"),
    LEDGER_COUNTS("the ledger counts what the log holds"),
    LEDGER_LAST("everything that the ledger accounts for is in the tables"),
    FOLLOWER_AFTER_DECIDER("no follower's ledger is ahead of its decider's"),
    RAW_TABLES("at rest, both raw tables equal the oracle's"),
    REJECTED_TABLE("at rest, the rejected readings equal the oracle's"),
    EXCEPTIONS_TABLE("at rest, the exceptions equal the oracle's, where a decider left them"),
    CATALOG_TABLE("at rest, the catalog equals the oracle's"),
    ROLLUP_TABLES(
            "at rest, the six rollup tables hold the rows that the oracle expects, bit for bit as they were checked"),
    LEDGER_TABLE("at rest, the ledger equals the oracle's"),
    FOLLOWER_LEDGERS("at rest, every follower's ledger stands at its decider's"),
    ENDED_SOURCE("a source that has ended holds what its ledger accounts for, and nothing of what another applies"),
    EXPIRED_ROW("no process asks for a row that has expired"),
    PROGRESS("without trouble, a process closes the log"),
    ENGINE("the fold does not stop itself");

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
