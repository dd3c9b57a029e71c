package dev.certkit.revocation;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** The last few values used, within a bound on their sum of sizes; thread safe. */
final class Kept<K, V> {
    private final long most;
    private final ToLongFunction<V> size;
    private final Map<K, V> values = new LinkedHashMap<>(16, 0.75f, true);
    private long sum;

    Kept(long most, ToLongFunction<V> size) {
        this.most = most;
        this.size = size;
    }

    synchronized Optional<V> find(K key) {
        return Optional.ofNullable(values.get(key));
    }

    synchronized void put(K key, V value) {
        forget(values.remove(key));
        values.put(key, value);
        sum += size.applyAsLong(value);
        while (sum > most && values.size() > 1) {
            K eldest = values.keySet().iterator().next();
            forget(values.remove(eldest));
        }
    }

    private void forget(@Nullable V removed) {
        sum -= removed == null ? 0 : size.applyAsLong(removed);
    }
}
