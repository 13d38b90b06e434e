package io.weir.query.api.http;

import io.weir.query.access.Refusals;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.component.LifeCycle;

/**
 * Limits the number of open connections. Beyond the limit it closes the connection that has been idle for the longest,
 * so that a new connection, such as a health check, is always served. Connections with an active request or event
 * stream are not closed; their number is limited separately, below the connection limit. Thread-safe.
 */
final class ConnectionLimit implements Connection.Listener {

    private final int maxConnections;
    private final Refusals refusals;
    private final Set<EndPoint> open = new HashSet<>();

    /** The idle connections, in the order in which they became idle. */
    private final Set<EndPoint> idle = new LinkedHashSet<>();

    ConnectionLimit(int maxConnections, Refusals refusals) {
        this.maxConnections = maxConnections;
        this.refusals = refusals;
    }

    /** Listens to the connections of all connectors that the server has when it starts. */
    void addTo(Server server) {
        server.addEventListener(new LifeCycle.Listener() {
            @Override
            public void lifeCycleStarting(LifeCycle starting) {
                for (Connector connector : server.getConnectors()) {
                    connector.addEventListener(ConnectionLimit.this);
                }
            }
        });
    }

    /** Must be placed above the handlers that answer, and below the handler that queues requests. */
    Handler.Wrapper answering() {
        return new Handler.Wrapper() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) throws Exception {
                EndPoint client =
                        network(request.getConnectionMetaData().getConnection().getEndPoint());
                begin(client);
                Request.addCompletionListener(request, failure -> end(client));
                return super.handle(request, response, callback);
            }
        };
    }

    @Override
    public void onOpened(Connection connection) {
        EndPoint client = connection.getEndPoint();
        if (client.equals(network(client))) {
            disconnect(excessWith(client));
        }
    }

    @Override
    public synchronized void onClosed(Connection connection) {
        remove(connection.getEndPoint());
    }

    private void disconnect(Set<EndPoint> excess) {
        for (EndPoint client : excess) {
            refusals.count("max-connections");
            client.close();
        }
    }

    private synchronized Set<EndPoint> excessWith(EndPoint opened) {
        open.add(opened);
        idle.add(opened);
        if (open.size() <= maxConnections) {
            return Set.of();
        }
        EndPoint longest = idle.iterator().next(); // the new one, if all others are active
        remove(longest);
        return Set.of(longest);
    }

    private void remove(EndPoint client) {
        open.remove(client);
        idle.remove(client);
    }

    private synchronized void begin(EndPoint client) {
        idle.remove(client);
    }

    private synchronized void end(EndPoint client) {
        if (open.contains(client)) {
            idle.add(client);
        }
    }

    /** A TLS connection wraps a network connection. */
    private static EndPoint network(EndPoint client) {
        EndPoint found = client;
        while (found instanceof EndPoint.Wrapper within) {
            found = within.unwrap();
        }
        return found;
    }
}
