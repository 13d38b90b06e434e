/** Response formats: JSON, NDJSON and CSV. */
@NullMarked
package io.weir.query.api.format;

import org.jspecify.annotations.NullMarked;
