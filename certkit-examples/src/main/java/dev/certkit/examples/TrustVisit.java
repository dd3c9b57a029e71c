package dev.certkit.examples;

import dev.certkit.examples.Arguments.UsageException;
import dev.certkit.http.HttpAnswer;
import dev.certkit.http.HttpCall;
import dev.certkit.http.HttpLimits;
import dev.certkit.http.HttpTransport;
import dev.certkit.key.Passphrase;
import dev.certkit.shelf.settings.SettingValues;
import dev.certkit.shelf.trust.TrustEntry;
import dev.certkit.shelf.trust.TrustLists;
import dev.certkit.tls.TlsContext;
import dev.certkit.tls.UntrustedPeerException;
import dev.certkit.trust.Peer;
import dev.certkit.trust.TrustPolicy;
import dev.certkit.trust.TrustVerdict;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;

/** A look at a server by the lists and the settings; what is refused is told and kept. */
record TrustVisit(Terminal terminal, TrustLists lists, TrustPolicy policy, SettingValues settings) {
    private static final int TIMEOUT_MILLIS = 10_000;

    int connect(Peer peer) throws IOException, UsageException {
        if (peer.port() == 0) {
            throw new UsageException("the port of " + peer + " is missing");
        }
        try (Socket plain = connected(peer);
                SSLSocket socket =
                        (SSLSocket) context().getSocketFactory().createSocket(plain, peer.host(), peer.port(), true)) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.startHandshake();
            SSLSession session = socket.getSession();
            terminal.out()
                    .println(peer + ": " + (settings.acceptsAllCertificates() ? "accepted" : "trusted") + ", "
                            + session.getProtocol() + " with " + session.getCipherSuite());
            return 0;
        } catch (IOException e) {
            return refused(e, peer);
        }
    }

    private static Socket connected(Peer peer) throws IOException {
        InetSocketAddress address = new InetSocketAddress(peer.host(), peer.port());
        if (address.isUnresolved()) {
            throw new IOException(peer.host() + " has no address; check the name");
        }
        Socket socket = new Socket();
        try {
            socket.connect(address, TIMEOUT_MILLIS);
            return socket;
        } catch (ConnectException | SocketTimeoutException e) {
            socket.close();
            throw new IOException(peer + " cannot be reached: " + e.getMessage(), e);
        }
    }

    int fetch(String text) throws IOException, UsageException {
        try {
            URI uri = new URI(text);
            return fetch(uri, HttpCall.get(uri));
        } catch (URISyntaxException e) {
            throw new UsageException("the URI is not one: " + e.getMessage());
        }
    }

    private int fetch(URI uri, HttpCall call) throws IOException {
        HttpTransport plain = HttpTransport.standard(HttpLimits.standard(), context());
        Optional<String> user = settings.digestUser();
        try (Passphrase password = settings.digestPassword().orElseGet(() -> Passphrase.of(""))) {
            HttpTransport transport = user.isPresent() ? plain.digest(uri, user.get(), password) : plain;
            HttpAnswer answer = transport.exchange(call);
            if (!answer.isSuccess()) {
                terminal.err().println("trust: " + uri + " was answered with status " + answer.status());
                return 1;
            }
            terminal.write(answer.body(), Optional.empty());
            return 0;
        } catch (IOException e) {
            return refused(e, new Peer(uri.getHost(), uri.getPort() < 0 ? 443 : uri.getPort()));
        }
    }

    private SSLContext context() {
        TrustPolicy decides = settings.acceptsAllCertificates()
                ? TrustPolicy.insecureAcceptAll(policy).onAccepted((presented, verdict) -> {
                    terminal.err().println("INSECURE: accepted like every certificate, in spite of:");
                    reasons(verdict);
                })
                : policy;
        return TlsContext.trusting(decides).toSslContext();
    }

    private int refused(IOException failure, Peer peer) throws IOException {
        UntrustedPeerException refused = UntrustedPeerException.in(failure).orElse(null);
        if (refused == null) {
            throw failure;
        }
        terminal.err().println(peer + ": not trusted");
        reasons(refused.verdict());
        for (TrustEntry entry : Stream.of(lists.invalid(), lists.servers())
                .flatMap(List::stream)
                .filter(entry -> wasPresentedBy(entry, peer))
                .toList()) {
            terminal.err().println("kept as " + entry.fingerprint() + "; accept it, or reject it for good");
        }
        return 1;
    }

    private void reasons(TrustVerdict.Untrusted verdict) {
        verdict.reasons().forEach(reason -> terminal.err()
                .println("  " + reason.code() + ": " + reason.text() + "; " + reason.remedy()));
    }

    private static boolean wasPresentedBy(TrustEntry entry, Peer peer) {
        return entry.sightings().stream()
                .flatMap(seen -> seen.peer().stream())
                .anyMatch(other -> other.host().equalsIgnoreCase(peer.host()) && other.port() == peer.port());
    }
}
