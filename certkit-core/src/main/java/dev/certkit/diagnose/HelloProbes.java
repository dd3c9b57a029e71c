package dev.certkit.diagnose;

import dev.certkit.diagnose.ServerFlight.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Greets a server in each version, on a connection of its own, and listens. */
final class HelloProbes {
    private final Connector connector;
    private final Deadline deadline;
    private final Duration share;
    private final Optional<String> serverName;
    private final List<Answer> answers = new ArrayList<>();
    private final List<FailedStep> failures = new ArrayList<>();

    HelloProbes(Connector connector, Deadline deadline, Duration share) {
        this.connector = connector;
        this.deadline = deadline;
        this.share = share;
        this.serverName = connector.target().sni();
    }

    void run() {
        for (Version version : Version.values()) {
            List<Integer> suites = version == Version.TLS_1_3 ? CipherSuites.of1_3() : CipherSuites.before1_3();
            ask(new ClientHello(version, suites, serverName)).ifPresent(this::add);
        }
    }

    /** A server may answer an old greeting in a newer version that it was not asked for, or in an older one. */
    private void add(Answer answer) {
        boolean isNew = answers.stream()
                .noneMatch(
                        each -> each.agreed().protocol().equals(answer.agreed().protocol()));
        if (isNew) {
            answers.add(answer);
        }
    }

    private Optional<Answer> ask(ClientHello hello) {
        if (deadline.isOver()) {
            failures.add(new FailedStep(FindingCode.NO_ANSWER, "the time is up"));
            return Optional.empty();
        }
        try (Wire wire = connector.connect(deadline.atMost(share))) {
            wire.write(hello.encoded());
            return Optional.of(new ServerFlight(new Records(wire)).read());
        } catch (FailedStep e) {
            failures.add(e);
            return Optional.empty();
        }
    }

    /** In each version that the server speaks, the newest first. */
    List<Negotiated> agreed() {
        return answers.stream().map(Answer::agreed).toList();
    }

    /** The certificates that came in clear; empty if none did. */
    List<byte[]> certificates() {
        return answers.stream()
                .map(Answer::certificates)
                .filter(chain -> !chain.isEmpty())
                .findFirst()
                .orElse(List.of());
    }

    /** What ended a greeting, if it has this code. */
    Optional<FailedStep> failure(FindingCode code) {
        return failures.stream().filter(failure -> failure.code() == code).findFirst();
    }

    /** What the server takes of the broken cipher suites, when it is offered nothing else. */
    Optional<Negotiated> weakest() {
        Optional<Version> version = newestBefore1_3();
        return version.flatMap(each -> ask(new ClientHello(each, CipherSuites.weak(), serverName)))
                .map(Answer::agreed);
    }

    private Optional<Version> newestBefore1_3() {
        return Arrays.stream(Version.values())
                .filter(version -> version != Version.TLS_1_3)
                .filter(version ->
                        agreed().stream().anyMatch(each -> each.protocol().equals(Version.name(version.number()))))
                .findFirst();
    }

    /** Whether a client that sends no server name gets something else. */
    boolean nameMatters() {
        Version version = newestBefore1_3().orElse(Version.TLS_1_3);
        List<Integer> suites = version == Version.TLS_1_3 ? CipherSuites.of1_3() : CipherSuites.before1_3();
        if (serverName.isEmpty() || answers.isEmpty() || deadline.isOver()) {
            return false;
        }
        int before = failures.size();
        Optional<Answer> answer = ask(new ClientHello(version, suites, Optional.empty()));
        if (answer.isEmpty()) {
            return failures.get(before).code() != FindingCode.NO_ANSWER;
        }
        List<byte[]> named = certificates();
        List<byte[]> unnamed = answer.get().certificates();
        return !named.isEmpty() && !unnamed.isEmpty() && !Arrays.equals(named.get(0), unnamed.get(0));
    }

    boolean asksForCertificate() {
        return answers.stream().anyMatch(Answer::asksForCertificate);
    }
}
