package dev.certkit.diagnose;

import dev.certkit.diagnose.EngineHandshake.Outcome;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Looks at a server: first as this Java sees it, then greeting it in every version. */
final class ServerInspection {
    private static final Set<FindingCode> NOT_WORTH_PROBING =
            Set.of(FindingCode.PLAIN_HTTP, FindingCode.NOT_TLS, FindingCode.NO_ANSWER, FindingCode.TOO_MUCH_DATA);

    private final Connector connector;
    private final Duration time;
    private final Deadline deadline;
    private final List<Finding> findings = new ArrayList<>();

    ServerInspection(Target target, Duration time) {
        this.connector = new Connector(target);
        this.time = time;
        this.deadline = Deadline.in(time);
    }

    DiagnosisReport run(Terms terms) {
        ReportDraft report = new ReportDraft(connector.target().expected().toString(), terms.now());
        try {
            Outcome handshake = handshake();
            List<byte[]> chain = encoded(handshake.presented());
            boolean isLost = handshake
                    .failure()
                    .filter(failure -> handshake.agreed().isEmpty() && NOT_WORTH_PROBING.contains(failure.code()))
                    .isPresent();
            if (isLost) {
                add(handshake.failure().get());
            } else {
                HelloProbes probes = probed();
                explain(handshake, probes);
                report.negotiated(handshake.agreed(), probes.agreed());
                chain = chain.isEmpty() ? probes.certificates() : chain;
            }
            if (!chain.isEmpty()) {
                report.chain(new ChainInspection(
                                terms, Optional.of(connector.target().expected()))
                        .of(chain, 0));
            }
        } catch (FailedStep e) {
            add(e);
        }
        return report.with(findings).done();
    }

    private Outcome handshake() throws FailedStep {
        int received;
        Outcome outcome;
        try (Wire wire = connector.connect(deadline.atMost(time.dividedBy(2)))) {
            outcome = new EngineHandshake(wire, connector.target().sni()).run();
            received = wire.received();
        }
        boolean isMute = received == 0
                && outcome.failure().isPresent()
                && connector.target().startTls().isEmpty();
        Optional<FailedStep> http = isMute ? plainHttp() : Optional.empty();
        return http.isPresent() ? new Outcome(Optional.empty(), List.of(), false, http) : outcome;
    }

    /** Some servers of plain HTTP answer a greeting of TLS by closing, or wait for its end. */
    private Optional<FailedStep> plainHttp() throws FailedStep {
        try (Wire wire = connector.connect(deadline.atMost(time.dividedBy(4)))) {
            wire.write(("HEAD / HTTP/1.0\r\nHost: " + connector.target().sni().orElse("localhost") + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            new Records(wire).next();
            return Optional.empty();
        } catch (FailedStep e) {
            return Optional.of(e).filter(failure -> failure.code() == FindingCode.PLAIN_HTTP);
        }
    }

    private HelloProbes probed() {
        HelloProbes probes = new HelloProbes(connector, deadline, time.dividedBy(8));
        probes.run();
        List<Negotiated> agreed = probes.agreed();
        for (Negotiated each : agreed) {
            if (Version.isOld(each.protocol())) {
                findings.add(new Finding.Protocol(FindingCode.OLD_PROTOCOL, each));
            }
        }
        agreed.stream()
                .filter(each -> !CipherSuites.isForwardSecret(each.cipherSuite()))
                .findFirst()
                .ifPresent(each -> findings.add(new Finding.Protocol(FindingCode.NO_FORWARD_SECRECY, each)));
        probes.weakest().ifPresent(each -> findings.add(new Finding.Protocol(FindingCode.WEAK_CIPHER, each)));
        versions(agreed);
        if (probes.nameMatters()) {
            add(
                    FindingCode.SERVER_NAME_MATTERS,
                    "a client that sends no server name gets another certificate, or none");
        }
        probes.failure(FindingCode.NO_ANSWER)
                .ifPresent(failure -> add(FindingCode.INCOMPLETE, "not every protocol was answered in time"));
        return probes;
    }

    private void versions(List<Negotiated> agreed) {
        if (!agreed.isEmpty() && agreed.stream().allMatch(each -> Version.isOld(each.protocol()))) {
            add(FindingCode.NO_CURRENT_PROTOCOL, "it speaks neither TLS 1.2 nor TLS 1.3");
        } else if (!agreed.isEmpty()
                && agreed.stream().noneMatch(each -> each.protocol().equals(Version.name(Version.TLS_1_3.number())))) {
            add(FindingCode.NO_TLS_1_3, "it does not speak TLS 1.3");
        }
    }

    private void explain(Outcome handshake, HelloProbes probes) {
        Optional<FailedStep> failure = handshake.failure();
        boolean asked = handshake.askedForCertificate() || probes.asksForCertificate();
        if (failure.isEmpty()) {
            if (asked) {
                add(FindingCode.CLIENT_CERTIFICATE_WANTED, "it asks for a client certificate and goes on without one");
            }
        } else if (handshake.askedForCertificate()) {
            add(
                    FindingCode.CLIENT_CERTIFICATE_NEEDED,
                    "it asks for a client certificate, got none, and " + ended(failure.get()));
        } else if (failure.get()
                .alert()
                .filter(alert -> alert.number() == Alert.UNRECOGNIZED_NAME)
                .isPresent()) {
            nameless(failure.get());
        } else if (findings.stream().noneMatch(each -> each.code() == FindingCode.NO_CURRENT_PROTOCOL)) {
            probes.failure(FindingCode.TOO_MUCH_DATA).ifPresentOrElse(this::add, () -> add(failure.get()));
        }
    }

    private static String ended(FailedStep failure) {
        return failure.alert()
                .map(alert -> "ends the handshake with the alert " + alert)
                .orElse("closes the connection");
    }

    private void nameless(FailedStep failure) {
        Optional<String> sent = connector.target().sni();
        if (sent.isPresent()) {
            add(FindingCode.SERVER_NAME_UNKNOWN, "it does not know the server name that was sent; " + failure.detail());
        } else {
            add(FindingCode.SERVER_NAME_NEEDED, "it wants a server name, and an address is none; " + failure.detail());
        }
    }

    private void add(FailedStep failure) {
        add(failure.code(), failure.detail());
    }

    private void add(FindingCode code, String detail) {
        findings.add(new Finding.Connection(code, connector.target().peer().toString(), detail));
    }

    private static List<byte[]> encoded(List<X509Certificate> certificates) {
        List<byte[]> encoded = new ArrayList<>();
        for (X509Certificate certificate : certificates) {
            try {
                encoded.add(certificate.getEncoded());
            } catch (CertificateEncodingException e) {
                // What was read from an encoding has it; the other reader shows what came.
                return List.of();
            }
        }
        return encoded;
    }
}
