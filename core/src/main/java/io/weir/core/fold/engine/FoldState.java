package io.weir.core.fold.engine;

/**
 * The life cycle of a fold.
 *
 * <pre>{@code
 *             open()               first record after the ledger, without a gap
 *   CLOSED ───────────► OPEN ───────────────────────────────────────────────► CONTIGUOUS
 *     ▲  ▲               │ ▲                                                    │   │
 *     │  └── a step fails┘ └──────────────────────── open() ────────────────────┘   │
 *     └───────────────────────────────── a step fails ──────────────────────────────┘
 * }</pre>
 */
enum FoldState {

    /** Never opened, or a step has failed: memory may differ from the tables. During a step, too. */
    CLOSED,

    /** Memory agrees with the tables. The log may have records between the last applied one and the next. */
    OPEN,

    /** The next record follows the last applied one without a gap. */
    CONTIGUOUS
}
