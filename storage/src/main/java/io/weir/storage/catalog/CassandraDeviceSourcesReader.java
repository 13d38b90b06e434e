package io.weir.storage.catalog;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import io.weir.storage.read.Adjacent;
import io.weir.storage.read.Flattened;
import io.weir.storage.read.Rows;
import io.weir.storage.session.CassandraConnection;
import io.weir.storage.session.Columns;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/** Reads the table {@code device_sources}, partition by partition. Thread-safe. */
public final class CassandraDeviceSourcesReader implements DeviceSourcesReader {

    private final CqlSession session;
    private final PreparedStatement select;

    public CassandraDeviceSourcesReader(CassandraConnection connection) {
        this.session = connection.session();
        this.select = session.prepare(
                "SELECT device, source FROM " + connection.table("device_sources") + " WHERE shard = ?");
    }

    @Override
    public Stream<DeviceSources> all() {
        return Rows.stream(new Flattened<>(CatalogTable.ALL_DEVICE_SHARDS.iterator(), this::ofShard));
    }

    /** Reads one partition, whose rows are in order of device and source. */
    private Iterator<DeviceSources> ofShard(int shard) {
        Iterator<List<Row>> devices =
                new Adjacent<>(Rows.of(session, select.bind(shard)), (first, row) -> Columns.text(first, "device")
                        .equals(row.getString("device")));
        return Rows.mapped(
                devices,
                rows -> new DeviceSources(
                        Columns.text(rows.get(0), "device"),
                        rows.stream().map(row -> row.getInt("source")).toList()));
    }
}
