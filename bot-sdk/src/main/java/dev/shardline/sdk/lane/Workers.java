package dev.shardline.sdk.lane;

import java.lang.reflect.InvocationTargetException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** Threads for handlers: virtual ones where the JVM has them (21 and later), else pooled daemon threads. */
public final class Workers {
    private Workers() {}

    /** Whether {@link #create} makes virtual threads. */
    public static boolean virtual() {
        return Runtime.version().feature() >= 21;
    }

    /** A pool that grows as asked for. The caller bounds it. */
    public static ExecutorService create(String name) {
        if (virtual()) {
            return virtualThreads(name);
        }
        AtomicInteger number = new AtomicInteger();
        return Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, name + '-' + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    /** By reflection, because this class is compiled for Java 17. */
    private static ExecutorService virtualThreads(String name) {
        try {
            Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
            Class<?> type = Class.forName("java.lang.Thread$Builder");
            builder = type.getMethod("name", String.class, long.class).invoke(builder, name + '-', 1L);
            ThreadFactory factory = (ThreadFactory) type.getMethod("factory").invoke(builder);
            return (ExecutorService) Executors.class
                    .getMethod("newThreadPerTaskExecutor", ThreadFactory.class)
                    .invoke(null, factory);
        } catch (NoSuchMethodException | ClassNotFoundException | IllegalAccessException e) {
            throw new IllegalStateException("this JVM is 21 or later and has no virtual threads", e);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException("cannot start virtual threads", e.getCause());
        }
    }
}
