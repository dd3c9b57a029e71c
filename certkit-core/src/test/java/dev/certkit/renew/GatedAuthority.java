package dev.certkit.renew;

import dev.certkit.identity.CertifiedKey;
import dev.certkit.identity.PendingKey;
import dev.certkit.issue.AuthorityFault;
import dev.certkit.issue.CertificateAuthority;
import dev.certkit.issue.Enrolment;
import dev.certkit.issue.LocalAuthority;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A real authority behind a gate that a test opens, closes, or lets answers get lost at. */
final class GatedAuthority implements CertificateAuthority {
    private final LocalAuthority authority;
    private final Map<String, Enrolment> enrolled = new HashMap<>();
    private Gate gate = Gate.OPEN;
    private int calls;
    private int renewals;
    private int polls;

    /** How long a busy authority asks to be left alone. */
    private Duration retryAfter = Duration.ZERO;

    enum Gate {
        OPEN,
        UNREACHABLE,
        ANSWER_LOST,
        SERVER_ERROR,
        BUSY,
        HOSTILE,
        HOLD,
        REFUSE
    }

    static final class GateException extends IOException {
        private static final long serialVersionUID = 1L;
        private final transient AuthorityFault fault;

        GateException(AuthorityFault fault) {
            super("the gate is " + fault);
            this.fault = fault;
        }
    }

    private interface Question {
        Enrolment ask() throws IOException;
    }

    GatedAuthority(LocalAuthority authority) {
        this.authority = authority;
    }

    synchronized void set(Gate gate) {
        this.gate = gate;
    }

    synchronized void busyFor(Duration asked) {
        gate = Gate.BUSY;
        retryAfter = asked;
    }

    synchronized int calls() {
        return calls;
    }

    synchronized int renewals() {
        return renewals;
    }

    synchronized int polls() {
        return polls;
    }

    synchronized int issued() throws IOException {
        return (int) authority.count();
    }

    @Override
    public synchronized Enrolment enrol(PendingKey pending) throws IOException {
        return answer(pending, Optional.empty(), () -> once(pending));
    }

    @Override
    public synchronized Enrolment renew(CertifiedKey current, PendingKey next) throws IOException {
        renewals++;
        return answer(next, Optional.of(current), () -> authority.renew(current, next));
    }

    @Override
    public synchronized Enrolment poll(Enrolment.Pending waiting) throws IOException {
        polls++;
        return answer(
                waiting.pendingKey(),
                waiting.current(),
                () -> waiting.current().isPresent()
                        ? authority.renew(waiting.current().get(), waiting.pendingKey())
                        : once(waiting.pendingKey()));
    }

    /** As a SCEP server does: the same key is the same transaction. */
    private Enrolment once(PendingKey pending) throws IOException {
        String key = pending.request().keyFingerprint().toString();
        if (!enrolled.containsKey(key)) {
            enrolled.put(key, authority.enrol(pending));
        }
        return enrolled.get(key);
    }

    private Enrolment answer(PendingKey pending, Optional<CertifiedKey> current, Question question) throws IOException {
        calls++;
        return switch (gate) {
            case OPEN -> question.ask();
            case UNREACHABLE -> throw new GateException(AuthorityFault.of(AuthorityFault.Kind.UNREACHABLE));
            case ANSWER_LOST -> {
                question.ask();
                throw new GateException(AuthorityFault.of(AuthorityFault.Kind.UNREACHABLE));
            }
            case SERVER_ERROR -> throw new GateException(AuthorityFault.ofHttpStatus(500));
            case BUSY ->
                throw new GateException(AuthorityFault.ofHttpStatus(503).retryAfter(retryAfter));
            case HOSTILE -> throw new GateException(AuthorityFault.of(AuthorityFault.Kind.UNACCEPTABLE));
            case HOLD ->
                new Enrolment.Pending(
                        pending, pending.request().keyFingerprint().toString(), current);
            case REFUSE -> new Enrolment.Refused(2, "unknown device");
        };
    }

    @Override
    public AuthorityFault fault(IOException failure) {
        return failure instanceof GateException gate ? gate.fault : CertificateAuthority.super.fault(failure);
    }
}
