/** Commands that read or check the tables: query, status, verify, rebuild. */
@NullMarked
package io.weir.local.command.query;

import org.jspecify.annotations.NullMarked;
