package dev.certkit.shelf;

import dev.certkit.internal.text.PrintableText;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** An identity's private key cannot be used now: its token or protector is not there; nothing was changed. */
public final class KeyUnavailableException extends IOException {
    private static final long serialVersionUID = 1L;

    private final String identity;
    private final String keeper;

    KeyUnavailableException(String identity, String keeper, String what, @Nullable Throwable cause) {
        super("identity " + PrintableText.of(identity) + ": " + what, cause);
        this.identity = identity;
        this.keeper = keeper;
    }

    /** The name of the identity; escape it before you print it. */
    public String identity() {
        return identity;
    }

    /** The token, as a {@link dev.certkit.key.TokenReference}, or the {@linkplain KeyProtector#name() protector's name}. */
    public String keeper() {
        return keeper;
    }
}
