package io.weir.query.api.http;

import java.util.concurrent.ConcurrentHashMap;

/** Limits the number of concurrent requests or streams of each caller. Thread-safe. */
public final class CallerSlots {

    private final int maxSlots;
    private final ConcurrentHashMap<String, Integer> taken = new ConcurrentHashMap<>();

    public CallerSlots(int maxSlots) {
        this.maxSlots = maxSlots;
    }

    /**
     * Takes a slot if the caller is below the limit. If it returns true, the slot must be returned with
     * {@link #release}.
     */
    public boolean tryTake(String caller) {
        boolean[] isTaken = {false};
        taken.compute(caller, (name, count) -> {
            int now = count == null ? 0 : count;
            isTaken[0] = now < maxSlots;
            if (isTaken[0]) {
                return now + 1;
            }
            return count;
        });
        return isTaken[0];
    }

    public void release(String caller) {
        taken.computeIfPresent(caller, (name, count) -> count == 1 ? null : count - 1);
    }
}
