/** API tokens and rebuild requests. */
@NullMarked
package io.weir.storage.admin;

import org.jspecify.annotations.NullMarked;
