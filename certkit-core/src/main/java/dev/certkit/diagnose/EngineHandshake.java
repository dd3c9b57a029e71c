package dev.certkit.diagnose;

import dev.certkit.internal.text.ForeignText;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/** One handshake as this Java makes it, over a wire that bounds it. */
final class EngineHandshake {
    private static final Duration A_SECOND = Duration.ofSeconds(1);

    private final Wire wire;
    private final Records records;
    private final Witness witness = new Witness();
    private final SSLEngine engine;
    private final ByteBuffer out;
    private final ByteBuffer plain;

    EngineHandshake(Wire wire, Optional<String> serverName) {
        this.wire = wire;
        this.records = new Records(wire);
        this.engine = engine(witness, serverName);
        this.out = ByteBuffer.allocate(2 * engine.getSession().getPacketBufferSize());
        this.plain = ByteBuffer.allocate(2 * engine.getSession().getApplicationBufferSize());
    }

    /** How it went: what was negotiated if it was completed, or why it was not; and what was presented in either case. */
    record Outcome(
            Optional<Negotiated> agreed,
            List<X509Certificate> presented,
            boolean askedForCertificate,
            Optional<FailedStep> failure) {}

    private static SSLEngine engine(Witness witness, Optional<String> serverName) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(new KeyManager[] {witness.keys()}, new TrustManager[] {witness.trust()}, null);
            SSLEngine engine = context.createSSLEngine();
            engine.setUseClientMode(true);
            SSLParameters parameters = engine.getSSLParameters();
            serverName.ifPresent(name -> parameters.setServerNames(List.of(new SNIHostName(name))));
            engine.setSSLParameters(parameters);
            return engine;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no TLS; check its installation", e);
        }
    }

    Outcome run() {
        try {
            engine.beginHandshake();
            shake();
            Negotiated agreed = new Negotiated(
                    engine.getSession().getProtocol(), engine.getSession().getCipherSuite());
            return witness.wasAskedForCertificate() ? afterwards(agreed) : outcome(Optional.of(agreed), null);
        } catch (FailedStep e) {
            return outcome(Optional.empty(), e);
        } catch (SSLException e) {
            return outcome(Optional.empty(), explained(e));
        } catch (RuntimeException | StackOverflowError e) {
            // The JDK's parser on what a stranger sent.
            return outcome(
                    Optional.empty(),
                    new FailedStep(
                            FindingCode.HANDSHAKE_FAILED,
                            "Java cannot read what it sends: " + e.getClass().getSimpleName()));
        }
    }

    private Outcome outcome(Optional<Negotiated> agreed, @Nullable FailedStep failure) {
        return new Outcome(agreed, witness.presented(), witness.wasAskedForCertificate(), Optional.ofNullable(failure));
    }

    private static FailedStep explained(SSLException e) {
        String message = String.valueOf(e.getMessage());
        Optional<Alert> alert = Alert.inMessage(message);
        return alert.isPresent()
                ? FailedStep.refusedWith(alert.get())
                : new FailedStep(
                        FindingCode.HANDSHAKE_FAILED, "Java ends the handshake: " + ForeignText.shownAtLength(message));
    }

    /** A server of TLS 1.3 that misses the client's certificate says so only after the handshake. */
    private Outcome afterwards(Negotiated agreed) {
        wire.shorten(A_SECOND);
        try {
            while (!engine.isInboundDone()) {
                receive();
                tasks();
            }
            return outcome(
                    Optional.of(agreed),
                    new FailedStep(FindingCode.CLOSED, "it closes the connection after the handshake"));
        } catch (FailedStep e) {
            return outcome(Optional.of(agreed), e.code() == FindingCode.NO_ANSWER ? null : e);
        } catch (SSLException e) {
            return outcome(Optional.of(agreed), explained(e));
        }
    }

    private void shake() throws SSLException, FailedStep {
        while (true) {
            switch (engine.getHandshakeStatus()) {
                case NEED_TASK -> tasks();
                case NEED_WRAP -> send();
                case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> receive();
                default -> {
                    return;
                }
            }
            if (engine.isInboundDone()) {
                throw new FailedStep(FindingCode.CLOSED, "it closes the connection in the middle of the handshake");
            }
        }
    }

    private void tasks() {
        for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
            task.run();
        }
    }

    private void send() throws SSLException, FailedStep {
        out.clear();
        engine.wrap(ByteBuffer.allocate(0), out);
        if (out.position() > 0) {
            wire.write(Arrays.copyOf(out.array(), out.position()));
        }
    }

    private void receive() throws SSLException, FailedStep {
        ByteBuffer record = ByteBuffer.wrap(records.next().octets());
        while (record.hasRemaining()) {
            plain.clear();
            SSLEngineResult result = engine.unwrap(record, plain);
            tasks();
            if (result.getStatus() != SSLEngineResult.Status.OK) {
                return;
            }
            if (result.getHandshakeStatus() == SSLEngineResult.HandshakeStatus.NEED_WRAP && record.hasRemaining()) {
                send();
            }
        }
    }
}
