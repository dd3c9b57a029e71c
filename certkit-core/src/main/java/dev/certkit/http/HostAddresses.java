package dev.certkit.http;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/** The addresses of a host, in the order of the resolver, which has no time limit of its own. */
final class HostAddresses {
    private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])";
    private static final Pattern LITERAL = Pattern.compile("\\[.*]|(" + OCTET + "\\.){3}" + OCTET);

    private HostAddresses() {}

    /** @throws Deadline.TimeUp if the resolver takes longer; its thread ends when it does */
    static List<InetAddress> of(String host, Deadline deadline) throws IOException {
        if (LITERAL.matcher(host).matches()) {
            return List.of(InetAddress.getByName(host));
        }
        FutureTask<InetAddress[]> lookup = new FutureTask<>(() -> InetAddress.getAllByName(host));
        Thread thread = new Thread(lookup, "certkit-lookup");
        thread.setDaemon(true);
        thread.start();
        return List.of(found(lookup, deadline));
    }

    private static InetAddress[] found(FutureTask<InetAddress[]> lookup, Deadline deadline) throws IOException {
        try {
            return lookup.get(deadline.nanosLeft(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw deadline.up();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        } catch (ExecutionException e) {
            UnknownHostException unknown = new UnknownHostException("not found by the resolver");
            unknown.initCause(e);
            throw unknown;
        }
    }
}
