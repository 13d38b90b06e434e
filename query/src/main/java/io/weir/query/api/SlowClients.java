package io.weir.query.api;

import io.weir.query.access.Refusals;
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
 * Disconnects clients that send the body of a request, or receive an answer, too slowly. Jetty's idle timeout begins
 * anew with each byte, and its minimum data rate is checked at the next write only, which a full socket puts off.
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
     * Goes below what reads bodies before they are asked for: a request whose body has not come, since its client is
     * gone or was too slow, ends here, and takes no place of others.
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

    /** Must be read to its end within the limit. Its chunks are copies, so that small ones hold no large buffers. */
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

    /** Each of its writes must end before the client is behind the rate by more than the grace. */
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
