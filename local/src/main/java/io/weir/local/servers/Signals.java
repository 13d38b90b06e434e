package io.weir.local.servers;

import java.lang.reflect.Proxy;

/**
 * What a process does when it is asked to end. By reflection, because the compiler warns of {@code sun.misc} without a
 * way to say that it is meant. Needs nothing but the JDK.
 */
public final class Signals {

    private Signals() {}

    /**
     * Runs the task, on a thread of its own, instead of ending the JVM.
     *
     * @param name for example {@code TERM}
     */
    public static void handle(String name, Runnable task) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object runs = Proxy.newProxyInstance(
                    Signals.class.getClassLoader(), new Class<?>[] {handler}, (proxy, method, arguments) -> {
                        task.run();
                        return null;
                    });
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), runs);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this JVM has no handlers for signals", e);
        }
    }
}
