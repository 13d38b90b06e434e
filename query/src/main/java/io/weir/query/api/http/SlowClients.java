package io.weir.query.api.http;

import io.weir.query.access.Refusals;
import io.weir.query.api.config.LoadSettings;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * Disconnects clients that send the body of a request, or receive an answer, too slowly. Jetty's idle timeout restarts
 * with each byte, and Jetty checks its minimum data rate only at the next write, which a full socket delays.
 */
final class SlowClients extends Handler.Wrapper {

    private final LoadSettings settings;
    private final Refusals refusals;

    SlowClients(LoadSettings settings, Refusals refusals) {
        this.settings = settings;
        this.refusals = refusals;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        Scheduler scheduler = request.getComponents().getScheduler();
        TimedRequest timed = new TimedRequest(request, scheduler);
        Request.addCompletionListener(request, failure -> timed.isRead());
        return super.handle(timed, new TimedResponse(timed, response, scheduler), callback);
    }

    /**
     * Must be placed below the handler that reads bodies eagerly: a request whose body did not arrive, because its
     * client disconnected or was too slow, ends here and takes no slot.
     */
    static Handler.Singleton wholeBodies(Handler next) {
        return new Handler.Wrapper(next) {
            @Override
            public boolean handle(Request request, Response response, Callback callback) throws Exception {
                Throwable failure = Request.as(request, TimedRequest.class).failure;
                if (failure != null) {
                    callback.failed(failure);
                    return true;
                }
                return super.handle(request, response, callback);
            }
        };
    }

    private void disconnect(Request request, String setting, String what) {
        refusals.count(setting);
        request.getConnectionMetaData().getConnection().getEndPoint().close(new TimeoutException(what));
    }

    /**
     * A body that must be read completely within the limit. Its chunks are copies, so that small ones do not retain
     * large buffers.
     */
    private final class TimedRequest extends Request.Wrapper {

        private final Scheduler.@Nullable Task deadline;
        private volatile @Nullable Throwable failure;

        TimedRequest(Request request, Scheduler scheduler) {
            super(request);
            deadline = request.getLength() == 0
                    ? null
                    : scheduler.schedule(
                            () -> disconnect(request, "body-limit", "the body took longer than load.body-limit"),
                            settings.bodyLimit().toMillis(),
                            TimeUnit.MILLISECONDS);
        }

        @Override
        public Content.@Nullable Chunk read() {
            Content.Chunk chunk = super.read();
            if (chunk == null) {
                return null;
            }
            if (Content.Chunk.isFailure(chunk)) {
                failure = chunk.getFailure();
            }
            if (chunk.isLast()) {
                isRead();
            }
            if (!chunk.hasRemaining() || !chunk.canRetain()) {
                return chunk;
            }
            ByteBuffer copy = BufferUtil.copy(chunk.getByteBuffer());
            chunk.release();
            return Content.Chunk.from(copy, chunk.isLast());
        }

        void isRead() {
            if (deadline != null) {
                deadline.cancel();
            }
        }
    }

    /**
     * A response whose writes must each complete before the client is behind the minimum rate by more than the grace
     * period.
     */
    private final class TimedResponse extends Response.Wrapper {

        private final Scheduler scheduler;
        private long bytes;
        private long waitedNanos;

        TimedResponse(Request request, Response response, Scheduler scheduler) {
            super(request, response);
            this.scheduler = scheduler;
        }

        @Override
        public void write(boolean last, @Nullable ByteBuffer content, Callback callback) {
            long begin = System.nanoTime();
            Scheduler.Task deadline = scheduler.schedule(
                    () -> disconnect(getRequest(), "min-send-rate", "the client received less than load.min-send-rate"),
                    allowedMillis(content == null ? 0 : content.remaining()),
                    TimeUnit.MILLISECONDS);
            super.write(last, content, new Callback.Nested(callback) {
                @Override
                public void completed() {
                    deadline.cancel();
                    waited(System.nanoTime() - begin);
                }
            });
        }

        private synchronized long allowedMillis(int more) {
            bytes += more;
            long allowed = settings.sendGrace().toMillis()
                    + bytes * 1000 / settings.minSendRate()
                    - TimeUnit.NANOSECONDS.toMillis(waitedNanos);
            return Math.max(1, allowed);
        }

        private synchronized void waited(long nanos) {
            waitedNanos += nanos;
        }
    }
}
