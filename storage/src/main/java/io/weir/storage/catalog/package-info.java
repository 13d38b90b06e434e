/** The catalog of groups, devices and metrics. */
@NullMarked
package io.weir.storage.catalog;

import org.jspecify.annotations.NullMarked;
