package io.weir.benchmarks.variant;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import java.nio.ByteBuffer;

/** The partition that a row goes to: rows of one travel together. */
record PartitionKey(String statement, ByteBuffer key) {

    static PartitionKey of(BoundStatement row) {
        ByteBuffer key = row.getRoutingKey();
        if (key == null) {
            throw new IllegalStateException("the driver does not know the partition of a row");
        }
        return new PartitionKey(row.getPreparedStatement().getQuery(), key);
    }
}
