package io.weir.storage;

import com.datastax.oss.driver.api.core.metadata.TokenMap;
import com.datastax.oss.driver.api.core.metadata.token.Token;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The order in which rows lie in an SSTable: partition by partition, as the tokens of their keys are. */
final class TokenOrder {

    private TokenOrder() {}

    /**
     * Returns rows in this order. Those of one partition stay as they are.
     *
     * @param partitionOf what is equal for rows of one partition
     * @param keyOf the cells of the partition key
     */
    static <R> List<R> of(
            Collection<R> rows, Function<R, Object> partitionOf, Function<R, List<ByteBuffer>> keyOf, TokenMap tokens) {
        Map<Object, List<R>> partitions = new HashMap<>();
        for (R row : rows) {
            partitions
                    .computeIfAbsent(partitionOf.apply(row), partition -> new ArrayList<>(4))
                    .add(row);
        }
        return partitions.values().stream()
                .map(ofOne -> new Partition<>(
                        tokens.newToken(keyOf.apply(ofOne.get(0)).toArray(ByteBuffer[]::new)), ofOne))
                .sorted(Comparator.comparing(Partition::token))
                .flatMap(partition -> partition.rows().stream())
                .toList();
    }

    private record Partition<R>(Token token, List<R> rows) {}
}
