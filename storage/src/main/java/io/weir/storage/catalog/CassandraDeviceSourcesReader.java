package io.weir.storage.catalog;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import io.weir.storage.read.Flattened;
import io.weir.storage.read.Rows;
import io.weir.storage.session.CassandraConnection;
import io.weir.storage.session.Columns;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

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
        return Rows.stream(new Flattened<>(
                CatalogTable.ALL_DEVICE_SHARDS.iterator(), shard -> new Devices(Rows.of(session, select.bind(shard)))));
    }

    /** The devices of one partition, whose rows are in order of device and source. */
    private static final class Devices implements Iterator<DeviceSources> {

        private final Iterator<Row> rows;
        private @Nullable Row nextRow;

        Devices(Iterator<Row> rows) {
            this.rows = rows;
            this.nextRow = nextOrNull();
        }

        @Override
        public boolean hasNext() {
            return nextRow != null;
        }

        @Override
        public DeviceSources next() {
            Row first = nextRow;
            if (first == null) {
                throw new NoSuchElementException();
            }
            String device = Columns.text(first, "device");
            List<Integer> sources = new ArrayList<>();
            for (Row row = first; row != null && device.equals(row.getString("device")); row = nextRow) {
                sources.add(row.getInt("source"));
                nextRow = nextOrNull();
            }
            return new DeviceSources(device, sources);
        }

        private @Nullable Row nextOrNull() {
            return rows.hasNext() ? rows.next() : null;
        }
    }
}
