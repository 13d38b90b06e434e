package io.weir.metricconsumer.driver;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.StreamingQueryProgress;
import org.apache.spark.sql.streaming.StreamingQueryStatus;

/** A query that runs until a test ends or stops it. It then fails if it has a failure. */
final class FakeQuery {

    final CountDownLatch awaited = new CountDownLatch(1);
    final CountDownLatch ended = new CountDownLatch(1);
    final AtomicInteger stops = new AtomicInteger();
    final AtomicInteger batchesInProgress = new AtomicInteger();
    volatile RuntimeException failure;
    volatile boolean stopsInTime = true;
    volatile int batches;
    volatile Runnable whenStopped = () -> {};

    StreamingQuery get() {
        return (StreamingQuery) Proxy.newProxyInstance(
                StreamingQuery.class.getClassLoader(),
                new Class<?>[] {StreamingQuery.class},
                (proxy, method, args) -> switch (method.getName()) {
                    case "awaitTermination" -> awaitTermination();
                    case "stop" -> stop();
                    case "isActive" -> ended.getCount() > 0;
                    case "status" ->
                        new StreamingQueryStatus(
                                "", true, batchesInProgress.getAndUpdate(left -> Math.max(0, left - 1)) > 0);
                    case "recentProgress" -> recentProgress();
                    case "lastProgress" -> null;
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    private Object recentProgress() {
        return LongStream.range(0, batches)
                .mapToObj(batch -> Progress.of(batch, 10, Duration.ofMillis(7)))
                .toArray(StreamingQueryProgress[]::new);
    }

    private Object awaitTermination() throws InterruptedException {
        awaited.countDown();
        ended.await();
        if (failure != null) {
            throw failure;
        }
        return null;
    }

    private Object stop() throws TimeoutException {
        stops.incrementAndGet();
        whenStopped.run();
        ended.countDown();
        if (!stopsInTime) {
            throw new TimeoutException("still running");
        }
        return null;
    }
}
