package io.weir.storage.session;

import com.datastax.oss.driver.api.core.AllNodesFailedException;
import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.DriverTimeoutException;
import com.datastax.oss.driver.api.core.RequestThrottlingException;
import com.datastax.oss.driver.api.core.connection.ClosedConnectionException;
import com.datastax.oss.driver.api.core.connection.ConnectionInitException;
import com.datastax.oss.driver.api.core.connection.HeartbeatException;
import com.datastax.oss.driver.api.core.servererrors.BootstrappingException;
import com.datastax.oss.driver.api.core.servererrors.OverloadedException;
import com.datastax.oss.driver.api.core.servererrors.QueryConsistencyException;
import com.datastax.oss.driver.api.core.servererrors.ServerError;
import com.datastax.oss.driver.api.core.servererrors.UnavailableException;
import java.util.concurrent.CompletionException;

/** Recognizes transient failures of Cassandra. Thread-safe. */
public final class TransientFailures {

    private TransientFailures() {}

    /** Returns true for an exception of the driver after which the same request may succeed later. */
    public static boolean includes(Throwable failure) {
        Throwable e =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return e instanceof DriverException
                && (e instanceof DriverTimeoutException
                        || e instanceof AllNodesFailedException
                        || e instanceof QueryConsistencyException
                        || e instanceof UnavailableException
                        || e instanceof OverloadedException
                        || e instanceof BootstrappingException
                        || e instanceof ServerError
                        || e instanceof ClosedConnectionException
                        || e instanceof ConnectionInitException
                        || e instanceof HeartbeatException
                        || e instanceof RequestThrottlingException);
    }
}
