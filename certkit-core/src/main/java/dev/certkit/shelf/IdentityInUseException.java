package dev.certkit.shelf;

import dev.certkit.internal.text.PrintableText;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** An identity cannot be deleted or uninstalled, because endpoints are bound to it; nothing was changed. */
public final class IdentityInUseException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    private final String identity;
    private final IdentityStep step;
    private final ArrayList<String> endpoints;

    IdentityInUseException(String identity, IdentityStep step, List<String> endpoints) {
        super("identity " + PrintableText.of(identity) + " is in use by "
                + endpoints.stream().map(PrintableText::of).collect(Collectors.joining(", "))
                + ", which does not allow the step " + step + "; rebind or unbind first");
        this.identity = identity;
        this.step = step;
        this.endpoints = new ArrayList<>(endpoints);
    }

    /** The name of the identity. */
    public String identity() {
        return identity;
    }

    /** The step that was refused: delete or uninstall. */
    public IdentityStep step() {
        return step;
    }

    /** The endpoints that are bound to it or about to be. At least one, in the order of their names; not modifiable. */
    public List<String> endpoints() {
        return List.copyOf(endpoints);
    }
}
