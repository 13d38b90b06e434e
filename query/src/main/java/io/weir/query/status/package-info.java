/** The state of the pipeline: ledgers, lags, failing queries, and devices in more than one source. */
@NullMarked
package io.weir.query.status;

import org.jspecify.annotations.NullMarked;
