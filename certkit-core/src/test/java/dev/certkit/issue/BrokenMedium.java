package dev.certkit.issue;

import dev.certkit.store.InMemoryStorage;
import dev.certkit.store.Storage;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;

/** A storage in memory whose writes fail when a test says so. */
final class BrokenMedium {
    private final Storage whole = InMemoryStorage.empty();
    private final AtomicInteger writesUntilFailure = new AtomicInteger(Integer.MAX_VALUE);
    private boolean writtenAllTheSame;

    /** Counts what is read from a storage. */
    static final class Counting {
        private final Storage counted;
        private final AtomicInteger reads = new AtomicInteger();

        Counting(Storage counted) {
            this.counted = counted;
        }

        int reads() {
            return reads.get();
        }

        Storage storage() {
            return (Storage) Proxy.newProxyInstance(
                    Storage.class.getClassLoader(), new Class<?>[] {Storage.class}, (proxy, method, arguments) -> {
                        reads.addAndGet(
                                method.getName().startsWith("find")
                                                || method.getName().equals("list")
                                        ? 1
                                        : 0);
                        return method.invoke(counted, arguments);
                    });
        }
    }

    /** The storage that works. */
    Storage whole() {
        return whole;
    }

    /** The next write but {@code number} fails, and all after it. */
    void failAfter(int number) {
        writesUntilFailure.set(number);
    }

    /** As on any medium, what failed may turn out to have been written. */
    void failAfterWriting() {
        writtenAllTheSame = true;
        writesUntilFailure.set(0);
    }

    void repair() {
        writtenAllTheSame = false;
        writesUntilFailure.set(Integer.MAX_VALUE);
    }

    Storage storage() {
        return (Storage) Proxy.newProxyInstance(
                Storage.class.getClassLoader(), new Class<?>[] {Storage.class}, (proxy, method, arguments) -> {
                    boolean write = method.getName().equals("create")
                            || method.getName().equals("replace");
                    boolean fails = write && writesUntilFailure.getAndDecrement() <= 0;
                    if (fails && !writtenAllTheSame) {
                        throw new IOException("the disk is full");
                    }
                    try {
                        Object result = method.invoke(whole, arguments);
                        if (fails) {
                            throw new IOException("the connection was lost");
                        }
                        return result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
