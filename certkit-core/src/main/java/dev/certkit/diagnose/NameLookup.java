package dev.certkit.diagnose;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Looks a name up within a time, for which the JDK has no limit: its thread may outlive the wait, and ends by itself. */
final class NameLookup {
    private static final int MOST = 8;

    private NameLookup() {}

    static List<InetAddress> addresses(String host, Deadline deadline) throws FailedStep {
        FutureTask<InetAddress[]> lookup = new FutureTask<>(() -> InetAddress.getAllByName(host));
        Thread thread = new Thread(lookup, "certkit-name-lookup");
        thread.setDaemon(true);
        thread.start();
        try {
            InetAddress[] found = lookup.get(deadline.millis(), TimeUnit.MILLISECONDS);
            return Arrays.stream(found).limit(MOST).toList();
        } catch (TimeoutException e) {
            throw new FailedStep(FindingCode.NAME_UNKNOWN, "the DNS gave no answer for the name in time");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FailedStep(FindingCode.INCOMPLETE, "it was given up, because the thread was interrupted");
        } catch (ExecutionException e) {
            throw new FailedStep(
                    FindingCode.NAME_UNKNOWN,
                    e.getCause() instanceof UnknownHostException
                            ? "the name has no address"
                            : "the name cannot be looked up");
        }
    }

    /** Addresses that are known already are not looked up again. */
    static List<InetAddress> addresses(InetSocketAddress place, Deadline deadline) throws FailedStep {
        return place.isUnresolved() ? addresses(place.getHostString(), deadline) : List.of(place.getAddress());
    }
}
