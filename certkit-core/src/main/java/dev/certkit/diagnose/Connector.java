package dev.certkit.diagnose;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes connections to one target, each up to the point at which TLS begins; all go to the address that answered first. */
final class Connector {
    private final Target target;
    private @Nullable InetAddress answering;

    Connector(Target target) {
        this.target = target;
    }

    Target target() {
        return target;
    }

    /** The address that took the first connection; empty before it, and behind a proxy. */
    Optional<InetAddress> address() {
        return target.proxy().isPresent() ? Optional.empty() : Optional.ofNullable(answering);
    }

    Wire connect(Deadline deadline) throws FailedStep {
        Wire wire = target.proxy().isPresent() ? throughProxy(target.proxy().get(), deadline) : direct(deadline);
        try {
            if (target.startTls().isPresent()) {
                new StartTlsDialogue(target.startTls().get(), wire).run();
            }
            return wire;
        } catch (FailedStep e) {
            wire.close();
            throw e;
        }
    }

    private Wire direct(Deadline deadline) throws FailedStep {
        return dial(
                InetSocketAddress.createUnresolved(
                        target.peer().host(), target.peer().port()),
                deadline);
    }

    private Wire throughProxy(InetSocketAddress proxy, Deadline deadline) throws FailedStep {
        Wire wire;
        try {
            wire = dial(proxy, deadline);
        } catch (FailedStep e) {
            throw new FailedStep(FindingCode.PROXY_UNREACHABLE, "the proxy on the way: " + e.detail());
        }
        try {
            ProxyTunnel.open(wire, target.peer());
            return wire;
        } catch (FailedStep e) {
            wire.close();
            throw e;
        }
    }

    private Wire dial(InetSocketAddress place, Deadline deadline) throws FailedStep {
        List<InetAddress> addresses = answering == null ? NameLookup.addresses(place, deadline) : List.of(answering);
        FailedStep failure = new FailedStep(FindingCode.NAME_UNKNOWN, "the name has no address");
        for (int i = 0; i < addresses.size(); i++) {
            // One silent address must not use up the time of the others.
            int share = Math.max(1, deadline.millis() / (addresses.size() - i));
            try {
                Socket socket = open(new InetSocketAddress(addresses.get(i), place.getPort()), share);
                answering = addresses.get(i);
                return new Wire(socket, deadline);
            } catch (FailedStep e) {
                failure = e;
            }
        }
        throw failure;
    }

    private static Socket open(InetSocketAddress address, int millis) throws FailedStep {
        Socket socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.connect(address, millis);
            return socket;
        } catch (IOException e) {
            try {
                socket.close();
            } catch (IOException f) {
                e.addSuppressed(f);
            }
            throw unreachable(e, address.getAddress().getHostAddress());
        }
    }

    private static FailedStep unreachable(IOException e, String address) {
        if (e instanceof SocketTimeoutException) {
            return new FailedStep(
                    FindingCode.CONNECT_TIMEOUT, "no connection to " + address + " came to stand in time");
        }
        boolean refused =
                e instanceof ConnectException && String.valueOf(e.getMessage()).contains("refused");
        return refused
                ? new FailedStep(FindingCode.CONNECTION_REFUSED, address + " refuses the connection")
                : new FailedStep(FindingCode.UNREACHABLE, address + " cannot be reached");
    }
}
