package dev.certkit.examples.crash;

import dev.certkit.store.Storage;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Stops a program for good before or after the n-th step that it makes, and says so, so that it can be killed there. */
final class CrashPoints {
    static final String HERE = "kill me at ";
    private static final Set<String> WRITES =
            Set.of("create", "replace", "delete", "claimDue", "extend", "complete", "fail");
    private static final Set<String> CALLS = Set.of("enrol", "renew", "poll");

    private final int fatal;
    private final AtomicInteger passed = new AtomicInteger();

    CrashPoints(int fatal) {
        this.fatal = fatal;
    }

    Storage around(Storage storage) {
        return around(Storage.class, storage, WRITES);
    }

    <T> T around(Class<T> type, T target) {
        return around(type, target, CALLS);
    }

    private <T> T around(Class<T> type, T target, Set<String> steps) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, args) -> {
            boolean isStep = steps.contains(method.getName());
            if (isStep) {
                pass("before " + method.getName());
            }
            try {
                return method.invoke(target, args);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            } finally {
                if (isStep) {
                    pass("after " + method.getName());
                }
            }
        }));
    }

    void pass(String step) throws InterruptedException {
        int number = passed.incrementAndGet();
        if (number == fatal) {
            System.out.println(HERE + number + ", " + step);
            new CountDownLatch(1).await();
        }
    }
}
