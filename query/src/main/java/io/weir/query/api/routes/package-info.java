/** The routes, one endpoint each. */
@NullMarked
package io.weir.query.api.routes;

import org.jspecify.annotations.NullMarked;
