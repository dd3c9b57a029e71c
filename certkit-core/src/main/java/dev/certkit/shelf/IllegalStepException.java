package dev.certkit.shelf;

import dev.certkit.internal.text.PrintableText;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/** A step that is not allowed in the state of an identity; nothing was changed. */
public final class IllegalStepException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    private final String identity;
    private final IdentityStep step;
    private final IdentityState state;
    private final EnumSet<IdentityStep> allowed;

    IllegalStepException(String identity, IdentityStep step, Situation situation) {
        super("identity " + PrintableText.of(identity) + " is " + situation + ", which does not allow the step " + step
                + "; allowed now: "
                + situation.allowed().stream().map(IdentityStep::toString).collect(Collectors.joining(", ")));
        this.identity = identity;
        this.step = step;
        this.state = situation.state();
        this.allowed = situation.allowed();
    }

    /** The name of the identity. */
    public String identity() {
        return identity;
    }

    /** The step that was refused. */
    public IdentityStep step() {
        return step;
    }

    /** The state in which it was refused. */
    public IdentityState state() {
        return state;
    }

    /** The steps that are allowed in place of it; not modifiable. */
    public Set<IdentityStep> allowed() {
        return Collections.unmodifiableSet(allowed);
    }
}
