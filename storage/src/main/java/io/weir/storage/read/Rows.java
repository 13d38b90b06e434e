package io.weir.storage.read;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.cql.Statement;
import io.weir.core.fold.port.TablesException;
import io.weir.storage.session.RowBounds;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Executes the readers' statements page by page, and converts the driver's exceptions to {@link TablesException}. Does
 * not use the driver's own iterator, which ends at an empty page even if more pages follow, and keeps information about
 * every page.
 */
public final class Rows {

    private Rows() {}

    /**
     * Prepares a statement whose pages are bounded.
     *
     * @param maxRows the maximum number of rows per page; if the driver is configured for less, that is used
     */
    public static PreparedStatement prepare(CqlSession session, String select, int maxRows) {
        int configured =
                session.getContext().getConfig().getDefaultProfile().getInt(DefaultDriverOption.REQUEST_PAGE_SIZE);
        return session.prepare(SimpleStatement.newInstance(select).setPageSize(Math.min(configured, maxRows)));
    }

    /** Sends the statement, and waits for the response when the first row is asked for. */
    public static Iterator<Row> of(CqlSession session, Statement<?> statement) {
        CompletionStage<AsyncResultSet> response = session.executeAsync(statement);
        return new Deferred<>(() -> new Pages(page(response)));
    }

    /** Executes the statements in parallel, each page by page. */
    public static List<Iterator<Row>> ofEach(CqlSession session, List<Statement<?>> statements) {
        return statements.stream().map(statement -> of(session, statement)).toList();
    }

    /**
     * Executes the statements one after the other, and sends the next ones ahead: for raw readings or smaller rows, by
     * statements of {@link RowBounds#RAW_PER_PAGE} rows per page.
     */
    public static Iterator<Row> ofAll(CqlSession session, List<? extends Statement<?>> statements) {
        int ahead = RowBounds.RAW_PAGES_AHEAD;
        return new Flattened<>(statements.iterator(), statement -> of(session, statement), ahead, ahead);
    }

    /** Returns the rows if they fit into one page; otherwise null. */
    public static @Nullable List<Row> ifOnePage(CqlSession session, Statement<?> statement) {
        AsyncResultSet first = page(session.executeAsync(statement));
        if (first.hasMorePages()) {
            return null;
        }
        List<Row> rows = new ArrayList<>();
        first.currentPage().forEach(rows::add);
        return rows;
    }

    /** The rows of all pages, each of which is fetched when the one before has been consumed. */
    private static final class Pages implements Iterator<Row> {

        private AsyncResultSet page;
        private Iterator<Row> rows;

        Pages(AsyncResultSet first) {
            page = first;
            rows = first.currentPage().iterator();
        }

        @Override
        public boolean hasNext() {
            while (!rows.hasNext() && page.hasMorePages()) {
                page = page(page.fetchNextPage());
                rows = page.currentPage().iterator();
            }
            return rows.hasNext();
        }

        @Override
        public Row next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return rows.next();
        }
    }

    public static <S, T> Iterator<T> mapped(Iterator<S> rows, Function<S, T> read) {
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

    public static <T> Stream<T> stream(Iterator<T> rows) {
        int traits = Spliterator.ORDERED | Spliterator.NONNULL;
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(rows, traits), false);
    }

    private static AsyncResultSet page(CompletionStage<AsyncResultSet> response) {
        try {
            return response.toCompletableFuture().join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof DriverException failure) {
                throw new TablesException("the tables could not be read: " + failure.getMessage(), failure);
            }
            throw e.getCause() instanceof RuntimeException failure ? failure : e;
        }
    }
}
