/**
 * The session with Cassandra: connection, retries, limits on requests in flight, batches, and the durability of
 * writes.
 */
@NullMarked
package io.weir.storage.session;

import org.jspecify.annotations.NullMarked;
