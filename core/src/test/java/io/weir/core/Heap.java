package io.weir.core;

/** The heap of the JVM that runs the tests. */
public final class Heap {

    private Heap() {}

    /** Returns the bytes of reachable objects, after a garbage collection. */
    public static long usedBytes() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
