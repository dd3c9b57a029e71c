package dev.certkit.http;

import dev.certkit.http.UnreachableException.Phase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** Looks at the addresses of a host before it is called. */
final class PublicOnlyTransport implements HttpTransport {
    private final HttpTransport transport;

    PublicOnlyTransport(HttpTransport transport) {
        this.transport = transport;
    }

    @Override
    public HttpAnswer exchange(HttpCall call) throws IOException {
        for (InetAddress address : addresses(call)) {
            if (!PublicAddress.is(address)) {
                throw UnreachableException.of(
                        call.uri(),
                        Phase.RESOLVE,
                        "its address " + address.getHostAddress()
                                + " is not of the public network, and was not called; allow private addresses if it is"
                                + " meant",
                        null);
            }
        }
        return transport.exchange(call);
    }

    private static InetAddress[] addresses(HttpCall call) throws UnreachableException {
        try {
            return InetAddress.getAllByName(call.uri().getHost());
        } catch (UnknownHostException e) {
            throw UnreachableException.of(
                    call.uri(), Phase.RESOLVE, "the host name has no address; check its spelling and the DNS", e);
        }
    }
}
