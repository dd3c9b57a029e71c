package dev.certkit.shelf;

import dev.certkit.identity.CertifiedKey;
import dev.certkit.internal.text.PrintableText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Follows one endpoint: asks for the storage's change token, and reads only when it moved. */
final class LiveEndpoint implements Supplier<CertifiedKey> {
    private final Endpoints endpoints;
    private final Identities identities;
    private final String name;

    private long token;
    private @Nullable Bound bound;

    private record Bound(String identity, Supplier<CertifiedKey> live) {}

    LiveEndpoint(Endpoints endpoints, Identities identities, String name) {
        this.endpoints = endpoints;
        this.identities = identities;
        this.name = name;
    }

    @Override
    public CertifiedKey get() {
        try {
            return bound().live.get();
        } catch (IOException e) {
            throw new UncheckedIOException("the endpoint " + PrintableText.of(name) + " cannot be read", e);
        }
    }

    private synchronized Bound bound() throws IOException {
        // The token is read first: a change between the two reads is seen next time.
        long now = endpoints.storage().changeToken();
        Bound known = bound;
        if (known == null || now != token) {
            String identity = endpoints.identity(name).orElseThrow(() -> Endpoints.unbound(name));
            known = known != null && known.identity.equals(identity)
                    ? known
                    : new Bound(identity, identities.live(identity));
            bound = known;
            token = now;
        }
        return known;
    }
}
