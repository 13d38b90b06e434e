/**
 * The exact fold of one source: decides each reading of its log, folds it into rollups, and commits prefixes of the
 * log.
 */
@NullMarked
package io.weir.core.fold.engine;

import org.jspecify.annotations.NullMarked;
