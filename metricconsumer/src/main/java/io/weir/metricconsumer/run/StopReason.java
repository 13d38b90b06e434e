package io.weir.metricconsumer.run;

/** A reason to stop the application while it runs. Used by one thread. */
public interface StopReason {

    /** Checks for a reason to stop. Once this returns true, it always does. */
    boolean shouldStop();

    /**
     * Checks a last time, when the application has stopped.
     *
     * @throws RuntimeException that says why the application has stopped, if this was the reason
     */
    void throwIfStopped();
}
