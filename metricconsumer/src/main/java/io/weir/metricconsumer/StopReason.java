package io.weir.metricconsumer;

/** Something that ends the application while it runs. Used by one thread. */
interface StopReason {

    /** Looks, as often as it is worth. Once there is a reason to stop, there always is. */
    boolean isGiven();

    /**
     * Looks a last time.
     *
     * @throws RuntimeException that says why the application has stopped, if there is a reason
     */
    void require();
}
