/** Runs a real Kafka and a real Cassandra as child JVMs, for local commands and for tests. */
@NullMarked
package io.weir.local.servers;

import org.jspecify.annotations.NullMarked;
