package io.weir.query.api;

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
 * Limits how many connections are open. Beyond the limit it closes the connection that has been without an answer under
 * way for the longest, so that a connection that has just been opened, such as one that asks for health, is served
 * whoever has opened the others. Answers and event streams that are under way are fewer than connections, and are not
 * disconnected for others. Thread-safe.
 */
final class ConnectionLimit implements Connection.Listener {

    private final int most;
    private final Refusals refusals;
    private final Set<EndPoint> open = new HashSet<>();

    /** Those without an answer under way, in the order in which they came to be. */
    private final Set<EndPoint> idle = new LinkedHashSet<>();

    ConnectionLimit(int most, Refusals refusals) {
        this.most = most;
        this.refusals = refusals;
    }

    /** Hears of the connections of all connectors that the server has when it starts. */
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

    /** Goes above what answers, and below what lets requests wait. */
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
        if (open.size() <= most) {
            return Set.of();
        }
        EndPoint longest = idle.iterator().next(); // the new one, if all others are answered
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

    /** TLS is a connection within one of the network. */
    private static EndPoint network(EndPoint client) {
        EndPoint found = client;
        while (found instanceof EndPoint.Wrapper within) {
            found = within.unwrap();
        }
        return found;
    }
}
