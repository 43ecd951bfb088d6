package com.shivx.cli.console;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Turns Ctrl-C and {@code kill} into a request that is answered in order. A shutdown hook would not
 * do: it runs beside those of Flink and ONNX Runtime, which take away what an orderly end still
 * needs. The second signal ends the process at once.
 *
 * <p>{@code sun.misc.Signal} is reached by reflection because the compiler warns of it and cannot
 * be told not to; it is exported by {@code jdk.unsupported} in every JDK.
 */
public final class StopSignal implements AutoCloseable {

    private static final int ENDED_BY_SIGNAL = 130;

    private final CountDownLatch requested = new CountDownLatch(1);

    private final Runnable lastWords;

    /** What gives a signal back to whoever had it before, unless somebody has it since. */
    private final List<AutoCloseable> taken = new ArrayList<>();

    /** A signal that only {@link #request()} raises. */
    public StopSignal() {
        this(() -> {});
    }

    private StopSignal(Runnable lastWords) {
        this.lastWords = lastWords;
    }

    /**
     * A signal that Ctrl-C and {@code kill} raise, too, until it is closed.
     *
     * @param lastWords what is done before the second one ends the process
     */
    public static StopSignal ofProcess(Runnable lastWords) {
        StopSignal stop = new StopSignal(lastWords);
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            InvocationHandler onSignal =
                    (proxy, method, arguments) -> {
                        if (method.getName().equals("handle")) {
                            stop.onSignal();
                        }
                        return null;
                    };
            Object proxy =
                    Proxy.newProxyInstance(
                            handler.getClassLoader(), new Class<?>[] {handler}, onSignal);
            Method handle = signal.getMethod("handle", signal, handler);
            for (String name : new String[] {"INT", "TERM"}) {
                Object number = signal.getConstructor(String.class).newInstance(name);
                Object before = handle.invoke(null, number, proxy);
                stop.taken.add(
                        () -> {
                            Object last = handle.invoke(null, number, before);
                            if (last != proxy) {
                                handle.invoke(null, number, last);
                            }
                        });
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(
                    "this JVM has no sun.misc.Signal; start it without -Xrs", e);
        }
        return stop;
    }

    /** Asks for the end. */
    public void request() {
        requested.countDown();
    }

    /** Whether the end was asked for. */
    public boolean isRequested() {
        return requested.getCount() == 0;
    }

    /** Waits so long, or until the end is asked for, and says whether it is. */
    public boolean await(Duration duration) throws InterruptedException {
        return requested.await(duration.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Ctrl-C and {@code kill} do again what they did before. */
    @Override
    public void close() throws Exception {
        for (AutoCloseable back : taken) {
            back.close();
        }
    }

    private void onSignal() {
        if (isRequested()) {
            ProcessFolder.deleteTaken();
            // Last of all: a live screen would draw itself over them.
            lastWords.run();
            Runtime.getRuntime().halt(ENDED_BY_SIGNAL);
        }
        request();
    }
}
