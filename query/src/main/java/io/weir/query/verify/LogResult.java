package io.weir.query.verify;

import java.util.List;

/**
 * What a recount of the logs found.
 *
 * @param differenceCount all differences
 * @param differences the first of them, at most {@link Verify#MAX_LISTED}
 * @param checks one for each live source
 */
public record LogResult(long differenceCount, List<Difference> differences, List<LogCheck> checks) {}
