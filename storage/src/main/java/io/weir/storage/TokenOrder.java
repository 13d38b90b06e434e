package io.weir.storage;

import com.datastax.oss.driver.api.core.metadata.TokenMap;
import com.datastax.oss.driver.api.core.metadata.token.Token;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The order in which rows lie in an SSTable: partition by partition, as the tokens of their keys are. */
final class TokenOrder {

    private TokenOrder() {}

    /**
     * Returns the cells of rows in this order. Rows of one partition stay as they are.
     *
     * @param partitionOf what is equal for rows of one partition
     * @param keyOf the cells of the partition key
     * @param cellsOf all cells of a row
     */
    static <P, R> Iterator<List<@Nullable ByteBuffer>> of(
            Collection<R> rows,
            Function<R, P> partitionOf,
            BiFunction<P, R, List<ByteBuffer>> keyOf,
            BiFunction<P, R, List<@Nullable ByteBuffer>> cellsOf,
            TokenMap tokens) {
        Map<P, List<R>> partitions = new HashMap<>();
        for (R row : rows) {
            partitions
                    .computeIfAbsent(partitionOf.apply(row), partition -> new ArrayList<>(4))
                    .add(row);
        }
        return partitions.entrySet().stream()
                .map(of -> {
                    List<ByteBuffer> key =
                            keyOf.apply(of.getKey(), of.getValue().get(0));
                    return new Partition<>(tokens.newToken(key.toArray(ByteBuffer[]::new)), of.getKey(), of.getValue());
                })
                .sorted(Comparator.comparing(Partition::token))
                .flatMap(partition -> partition.rows().stream().map(row -> cellsOf.apply(partition.name(), row)))
                .iterator();
    }

    private record Partition<P, R>(Token token, P name, List<R> rows) {}
}
