/** Authentication, authorization and protection of the query API's server. */
@NullMarked
package io.weir.query.access;

import org.jspecify.annotations.NullMarked;
