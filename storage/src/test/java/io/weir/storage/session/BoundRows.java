package io.weir.storage.session;

import com.datastax.oss.driver.api.core.DefaultProtocolVersion;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.ColumnDefinition;
import com.datastax.oss.driver.api.core.cql.ColumnDefinitions;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.detach.AttachmentPoint;
import com.datastax.oss.driver.api.core.type.codec.registry.CodecRegistry;
import com.datastax.oss.driver.internal.core.cql.DefaultColumnDefinition;
import com.datastax.oss.driver.internal.core.cql.DefaultColumnDefinitions;
import com.datastax.oss.driver.internal.core.cql.DefaultPreparedStatement;
import com.datastax.oss.protocol.internal.ProtocolConstants.DataType;
import com.datastax.oss.protocol.internal.response.result.ColumnSpec;
import com.datastax.oss.protocol.internal.response.result.RawType;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Creates bound statements without a node. */
final class BoundRows {

    private BoundRows() {}

    /** Returns a row with one cell of this size in bytes. */
    static BoundStatement of(int bytes) {
        return Cells.bind(prepared(DataType.BLOB), List.of(ByteBuffer.allocate(bytes)));
    }

    /** Returns a prepared statement whose markers have these protocol types. */
    static PreparedStatement prepared(int... types) {
        List<ColumnDefinition> markers = new ArrayList<>();
        for (int type : types) {
            ColumnSpec spec =
                    new ColumnSpec("weir", "t", "c" + markers.size(), markers.size(), RawType.PRIMITIVES.get(type));
            markers.add(new DefaultColumnDefinition(spec, AttachmentPoint.NONE));
        }
        ColumnDefinitions none = DefaultColumnDefinitions.valueOf(List.of());
        return new DefaultPreparedStatement(
                ByteBuffer.allocate(16),
                "INSERT",
                DefaultColumnDefinitions.valueOf(markers),
                List.of(),
                null,
                none,
                null,
                Map.of(),
                null,
                null,
                null,
                null,
                null,
                Map.of(),
                null,
                null,
                null,
                0,
                null,
                null,
                false,
                CodecRegistry.DEFAULT,
                DefaultProtocolVersion.V5);
    }
}
