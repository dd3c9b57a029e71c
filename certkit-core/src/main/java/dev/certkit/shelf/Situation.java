package dev.certkit.shelf;

import dev.certkit.x509.EncodedCertificate;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Optional;

/** Where an identity stands, and the table of what may be done there. */
record Situation(IdentityState state, Waiting waiting) {
    /** Whether a request is pending, and for which key. */
    enum Waiting {
        NOTHING,
        KEY_IN_USE,
        ANOTHER_KEY
    }

    static Situation of(IdentityText identity) throws IOException {
        return new Situation(state(identity), waiting(identity, identity.leaf()));
    }

    static IdentityState state(IdentityText identity) throws IOException {
        if (identity.current().isPresent()) {
            return identity.isSelfSigned() ? IdentityState.SELF_SIGNED : IdentityState.CA_SIGNED;
        }
        return identity.pending().isPresent() ? IdentityState.NOT_SIGNED : IdentityState.NOT_CONFIGURED;
    }

    private static Waiting waiting(IdentityText identity, Optional<EncodedCertificate> leaf) throws IOException {
        if (identity.pending().isEmpty()) {
            return Waiting.NOTHING;
        }
        return leaf.isPresent() && identity.isPendingFor(leaf.get()) ? Waiting.KEY_IN_USE : Waiting.ANOTHER_KEY;
    }

    EnumSet<IdentityStep> allowed() {
        EnumSet<IdentityStep> allowed = EnumSet.noneOf(IdentityStep.class);
        boolean inUse = state == IdentityState.SELF_SIGNED || state == IdentityState.CA_SIGNED;
        boolean pending = waiting != Waiting.NOTHING;
        add(allowed, IdentityStep.REQUEST, !pending);
        add(allowed, IdentityStep.SELF_SIGN, !inUse);
        add(allowed, IdentityStep.IMPORT, !inUse);
        add(allowed, IdentityStep.RENEW, state == IdentityState.SELF_SIGNED);
        add(allowed, IdentityStep.AWAIT, pending);
        add(allowed, IdentityStep.INSTALL, pending || inUse);
        // There is room for one pending key: that of the certificate would push out another.
        add(allowed, IdentityStep.UNINSTALL, inUse && waiting != Waiting.ANOTHER_KEY);
        add(allowed, IdentityStep.WITHDRAW, pending);
        add(allowed, IdentityStep.DELETE, pending || inUse);
        return allowed;
    }

    private static void add(EnumSet<IdentityStep> allowed, IdentityStep step, boolean condition) {
        if (condition) {
            allowed.add(step);
        }
    }

    void require(IdentityStep step, String identity) {
        if (!allowed().contains(step)) {
            throw new IllegalStepException(identity, step, this);
        }
    }

    /** For messages. */
    @Override
    public String toString() {
        return state == IdentityState.NOT_SIGNED || waiting == Waiting.NOTHING
                ? state.toString()
                : state + " with a pending request";
    }
}
