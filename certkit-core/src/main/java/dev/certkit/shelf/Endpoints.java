package dev.certkit.shelf;

import dev.certkit.identity.CertifiedKey;
import dev.certkit.internal.text.PrintableText;
import dev.certkit.store.RecordName;
import dev.certkit.store.StaleRecordException;
import dev.certkit.store.Storage;
import dev.certkit.store.StoredRecord;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The services of a device by name, for example {@code https-5753}, each bound to the identity that it presents.
 *
 * <p>While an endpoint is bound to an identity, that is neither deleted nor uninstalled: {@link Identities} refuse it with an
 * {@link IdentityInUseException}. Of a binding and a deletion at the same time, in one process or in several, one is refused.
 * A binding that was cut off by a crash protects both identities, the old one being presented, until the endpoint is bound
 * or unbound again. Thread safe, also for several processes where the storage is.
 */
public final class Endpoints {
    private static final int ATTEMPTS = 20;

    private final Identities identities;
    private final IdentityRecords owners;
    private final EndpointRecords records;

    private Endpoints(Identities identities) {
        this.identities = identities;
        this.owners = identities.records();
        this.records = new EndpointRecords(owners.storage());
    }

    /**
     * Opens the endpoints beside the identities of a storage.
     *
     * @param identities what endpoints can be bound to; not null
     */
    public static Endpoints of(Identities identities) {
        return new Endpoints(Objects.requireNonNull(identities, "identities"));
    }

    /**
     * An endpoint and the identity that it presents.
     *
     * @param name of the endpoint
     * @param identity its name
     */
    public record Endpoint(String name, String identity) {}

    /**
     * Binds an endpoint to an identity; one that is bound to it already stays so.
     *
     * @param endpoint 1 to 1024 characters; not null
     * @param identity must have a certificate; not null
     * @throws IllegalStateException if the identity has no certificate, or the endpoint is bound to another
     * @throws IOException if the storage fails, or a record is damaged
     */
    public void bind(String endpoint, String identity) throws IOException {
        write(endpoint, identity, before -> {
            if (before.isPresent() && !before.get().equals(identity)) {
                throw new IllegalStateException("endpoint " + PrintableText.of(endpoint) + " is bound to identity "
                        + PrintableText.of(before.get()) + "; rebind it to move it to another");
            }
        });
    }

    /**
     * Moves an endpoint to another identity, which running services present from their next handshake on.
     *
     * @param endpoint not null
     * @param identity must have a certificate; not null
     * @throws IllegalStateException if the identity has no certificate, or the endpoint is not bound
     * @throws IOException if the storage fails, or a record is damaged
     */
    public void rebind(String endpoint, String identity) throws IOException {
        write(endpoint, identity, before -> {
            if (before.isEmpty()) {
                throw unbound(endpoint);
            }
        });
    }

    private interface Condition {
        void check(Optional<String> before);
    }

    private void write(String endpoint, String identity, Condition condition) throws IOException {
        RecordName name = records.name(endpoint);
        owners.name(identity);
        for (int attempt = 1; ; attempt++) {
            try {
                attempt(name, identity, condition);
                return;
            } catch (StaleRecordException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    /**
     * The endpoint's record says what is going to be, then the identity's gets another revision, then it is so.
     *
     * <p>Who deletes the identity reads its record first and the endpoints next, and writes only the revision that it read:
     * either it sees the endpoint, or its write is refused, or the identity is gone before its revision can be raised.
     */
    private void attempt(RecordName name, String identity, Condition condition) throws IOException {
        Storage storage = owners.storage();
        Optional<StoredRecord> found = storage.find(name);
        Optional<EndpointText> before =
                found.isPresent() ? Optional.of(EndpointText.decode(found.get())) : Optional.empty();
        condition.check(before.flatMap(EndpointText::identity));
        if (before.equals(Optional.of(EndpointText.boundTo(identity)))) {
            return;
        }
        EndpointText intent = before.orElse(new EndpointText(Optional.empty(), Optional.empty()))
                .aboutToUse(identity);
        StoredRecord announced = found.isPresent()
                ? storage.replace(found.get(), intent.encode())
                : storage.create(name, intent.encode());
        try {
            raiseRevision(identity);
        } catch (IllegalStateException | IOException e) {
            takeBack(announced, before, e);
            throw e;
        }
        storage.replace(announced, EndpointText.boundTo(identity).encode());
    }

    private void raiseRevision(String identity) throws IOException {
        Optional<StoredRecord> owner = owners.storage().find(owners.name(identity));
        boolean presents =
                owner.isPresent() && IdentityText.decode(owner.get()).current().isPresent();
        if (!presents) {
            throw new IllegalStateException("identity " + PrintableText.of(identity)
                    + " has no certificate that an endpoint could present; install one first");
        }
        owners.storage().replace(owner.get(), owner.get().content());
    }

    /** What fails here leaves the intent, which protects more than it has to. */
    private void takeBack(StoredRecord announced, Optional<EndpointText> before, Exception reason) {
        try {
            Optional<String> identity = before.flatMap(EndpointText::identity);
            if (identity.isPresent()) {
                owners.storage()
                        .replace(announced, EndpointText.boundTo(identity.get()).encode());
            } else {
                owners.storage().delete(announced);
            }
        } catch (IOException e) {
            reason.addSuppressed(e);
        }
    }

    /**
     * Gives an endpoint up; one that is not bound, or whose record is damaged, is no error.
     *
     * @param endpoint not null
     * @throws IOException if the storage fails
     */
    public void unbind(String endpoint) throws IOException {
        Optional<StoredRecord> found = records.find(endpoint);
        while (found.isPresent()) {
            try {
                owners.storage().delete(found.get());
                return;
            } catch (StaleRecordException e) {
                found = records.find(endpoint);
            }
        }
    }

    /**
     * The identity that an endpoint is bound to.
     *
     * @param endpoint not null
     * @return its name; empty if the endpoint is not bound
     * @throws IOException if the storage fails or the record is damaged
     */
    public Optional<String> identity(String endpoint) throws IOException {
        Optional<StoredRecord> found = records.find(endpoint);
        return found.isPresent() ? EndpointText.decode(found.get()).identity() : Optional.empty();
    }

    /**
     * All endpoints that are bound, in the order of their names.
     *
     * @throws IOException if the storage fails or a record is damaged
     */
    public List<Endpoint> list() throws IOException {
        List<Endpoint> all = new ArrayList<>();
        for (String name : records.names()) {
            identity(name).ifPresent(identity -> all.add(new Endpoint(name, identity)));
        }
        return all;
    }

    /**
     * The key that an endpoint presents, whenever it is asked for: what it is bound to, and that identity's newest.
     *
     * <p>While nothing changed, asking costs no reading. The supplier throws {@link java.io.UncheckedIOException} if the
     * storage fails, and {@link IllegalStateException} if the endpoint is not bound; a TLS context keeps the last good key
     * then.
     *
     * @param endpoint not null
     */
    public Supplier<CertifiedKey> live(String endpoint) {
        records.name(endpoint);
        return new LiveEndpoint(this, identities, endpoint);
    }

    Storage storage() {
        return owners.storage();
    }

    static IllegalStateException unbound(String endpoint) {
        return new IllegalStateException(
                "endpoint " + PrintableText.of(endpoint) + " is not bound to an identity; bind it first");
    }
}
