/** The settings of the API. */
@NullMarked
package io.weir.query.api.config;

import org.jspecify.annotations.NullMarked;
