package dev.certkit.http;

import java.time.Duration;

/**
 * How long an exchange may take, how much may come back, and how many redirects are followed.
 *
 * <p>Standard: 10 s to connect, 20 s of silence, 30 s for everything, 256 KiB of body, no redirect. Immutable and thread safe; each
 * method gives new limits.
 */
public final class HttpLimits {
    private static final HttpLimits STANDARD = new HttpLimits(
            new Times(Duration.ofSeconds(10), Duration.ofSeconds(20), Duration.ofSeconds(30)), 256 * 1024, 0);
    private static final Duration LONGEST = Duration.ofDays(1);

    private final Times times;
    private final int maxBodyBytes;
    private final int maxRedirects;

    private record Times(Duration connect, Duration read, Duration whole) {}

    private HttpLimits(Times times, int maxBodyBytes, int maxRedirects) {
        this.times = times;
        this.maxBodyBytes = maxBodyBytes;
        this.maxRedirects = maxRedirects;
    }

    /** The standard limits. */
    public static HttpLimits standard() {
        return STANDARD;
    }

    /**
     * Limits the time until the connection stands, over https with its TLS handshake.
     *
     * @param timeout 1 ms to 1 day; not null
     * @throws IllegalArgumentException if it is out of range
     */
    public HttpLimits connectWithin(Duration timeout) {
        return with(new Times(checked("timeout", timeout), times.read, times.whole));
    }

    /**
     * Limits the time in which nothing comes: until the answer begins, and between one piece of it and the next.
     *
     * <p>Over https and through a proxy the whole head of the answer is one piece.
     *
     * @param silence 1 ms to 1 day; of no effect where {@link #finishWithin} is not longer; not null
     * @throws IllegalArgumentException if it is out of range
     */
    public HttpLimits readWithin(Duration silence) {
        return with(new Times(times.connect, checked("silence", silence), times.whole));
    }

    /**
     * Limits the time of the whole exchange: connecting, TLS, sending, every redirect, and the last byte of the body.
     *
     * @param limit 1 ms to 1 day; not null
     * @throws IllegalArgumentException if it is out of range
     */
    public HttpLimits finishWithin(Duration limit) {
        return with(new Times(times.connect, times.read, checked("limit", limit)));
    }

    /**
     * Limits the body of an answer.
     *
     * @param bytes 0 or more; held in memory
     * @throws IllegalArgumentException if it is negative
     */
    public HttpLimits bodyUpTo(int bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException("bytes: " + bytes + " is negative");
        }
        return new HttpLimits(times, bytes, maxRedirects);
    }

    /**
     * Limits the redirects that a GET follows, on the same host only, and never from https to http.
     *
     * @param count 0 to 10; beyond it the redirect itself is the answer
     * @throws IllegalArgumentException if it is out of range
     */
    public HttpLimits redirectsUpTo(int count) {
        if (count < 0 || count > 10) {
            throw new IllegalArgumentException("count: " + count + " is not 0 to 10");
        }
        return new HttpLimits(times, maxBodyBytes, count);
    }

    /** The time to connect. */
    public Duration connectTimeout() {
        return times.connect;
    }

    /** The time in which nothing comes. */
    public Duration readTimeout() {
        return times.read;
    }

    /** The time for the whole exchange. */
    public Duration deadline() {
        return times.whole;
    }

    /** The largest body, in bytes. */
    public int maxBodyBytes() {
        return maxBodyBytes;
    }

    /** The number of redirects that are followed. */
    public int maxRedirects() {
        return maxRedirects;
    }

    @Override
    public String toString() {
        return "connect within " + times.connect.toMillis() + " ms, read within " + times.read.toMillis()
                + " ms, finish within " + times.whole.toMillis() + " ms, body up to " + maxBodyBytes
                + " bytes, redirects up to " + maxRedirects;
    }

    private HttpLimits with(Times other) {
        return new HttpLimits(other, maxBodyBytes, maxRedirects);
    }

    private static Duration checked(String argument, Duration value) {
        if (value.compareTo(Duration.ofMillis(1)) < 0 || value.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(argument + ": " + value + " is not from 1 ms to 1 day");
        }
        return value;
    }
}
