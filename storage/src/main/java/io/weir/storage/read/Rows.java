package io.weir.storage.read;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.Statement;
import io.weir.core.fold.TablesException;
import java.util.Iterator;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Runs the readers' statements: rows come page by page, and the driver's failures as the port's own. */
final class Rows {

    private Rows() {}

    static Iterator<Row> of(CqlSession session, Statement<?> statement) {
        Iterator<Row> rows = failingAsPort(() -> session.execute(statement).iterator());
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return failingAsPort(rows::hasNext);
            }

            @Override
            public Row next() {
                return failingAsPort(rows::next);
            }
        };
    }

    static <S, T> Iterator<T> mapped(Iterator<S> rows, Function<S, T> read) {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return rows.hasNext();
            }

            @Override
            public T next() {
                return read.apply(rows.next());
            }
        };
    }

    static <T> Stream<T> stream(Iterator<T> rows) {
        int traits = Spliterator.ORDERED | Spliterator.NONNULL;
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(rows, traits), false);
    }

    private static <T> T failingAsPort(Supplier<T> read) {
        try {
            return read.get();
        } catch (DriverException e) {
            throw new TablesException("the tables could not be read: " + e.getMessage(), e);
        }
    }
}
