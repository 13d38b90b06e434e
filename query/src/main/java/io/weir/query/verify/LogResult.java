package io.weir.query.verify;

import java.util.List;

/**
 * The result of a recount of the logs.
 *
 * @param differenceCount the number of all differences
 * @param differences the first ones, at most {@link Verify#MAX_LISTED}
 * @param checks one for each live source
 */
public record LogResult(long differenceCount, List<Difference> differences, List<LogCheck> checks) {}
