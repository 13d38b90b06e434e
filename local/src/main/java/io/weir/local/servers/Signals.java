package io.weir.local.servers;

import java.lang.reflect.Proxy;

/**
 * Installs signal handlers. Uses reflection, because the compiler's warning about {@code sun.misc} cannot be
 * suppressed. Needs nothing but the JDK.
 */
public final class Signals {

    private Signals() {}

    /**
     * Runs the task on a separate thread when the signal arrives, instead of ending the JVM.
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
