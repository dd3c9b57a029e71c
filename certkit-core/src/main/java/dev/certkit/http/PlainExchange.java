package dev.certkit.http;

import dev.certkit.http.Deadline.TimeUp;
import dev.certkit.http.UnreachableException.Phase;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.channels.ClosedByInterruptException;
import java.util.List;

/** One exchange over http, without a proxy: a connection, a call, an answer, each within its limit. */
final class PlainExchange {
    private static final int USUAL_PORT = 80;

    private final HttpCall call;
    private final HttpLimits limits;
    private final Deadline whole;
    private Phase phase = Phase.RESOLVE;

    PlainExchange(HttpCall call, HttpLimits limits, Deadline whole) {
        this.call = call;
        this.limits = limits;
        this.whole = whole;
    }

    HttpAnswer run() throws IOException {
        try (Wire wire = connected()) {
            phase = Phase.SEND;
            wire.write(CallWriter.encoded(call), whole);
            phase = Phase.RECEIVE;
            return new AnswerReader(
                            into -> wire.read(
                                    into, Deadline.in(limits.readTimeout()).orSooner(whole)),
                            limits.maxBodyBytes())
                    .read();
        } catch (TimeUp e) {
            throw Failures.timeUp(call.uri(), phase, e.deadline(), whole);
        } catch (ClosedByInterruptException | InterruptedIOException e) {
            throw Failures.interrupted(call);
        } catch (IOException e) {
            throw Failures.explained(call.uri(), phase, limits, e);
        }
    }

    private Wire connected() throws IOException {
        Deadline connecting = Deadline.in(limits.connectTimeout()).orSooner(whole);
        URI uri = call.uri();
        List<InetAddress> addresses = HostAddresses.of(uri.getHost(), connecting);
        phase = Phase.CONNECT;
        int port = uri.getPort() < 0 ? USUAL_PORT : uri.getPort();
        for (int tried = 0; tried < addresses.size() - 1; tried++) {
            try {
                return Wire.to(
                        new InetSocketAddress(addresses.get(tried), port), connecting.share(addresses.size() - tried));
            } catch (IOException e) {
                // The next address may do: a host may have one of IPv6 that this network does not reach.
                if (Thread.currentThread().isInterrupted()) {
                    throw Failures.interrupted(call);
                }
            }
        }
        return Wire.to(new InetSocketAddress(addresses.get(addresses.size() - 1), port), connecting);
    }
}
