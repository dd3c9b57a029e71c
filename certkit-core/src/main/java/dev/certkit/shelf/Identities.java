package dev.certkit.shelf;

import dev.certkit.format.Pasted;
import dev.certkit.identity.CertificateChain;
import dev.certkit.identity.CertificationRequest;
import dev.certkit.identity.CertifiedKey;
import dev.certkit.identity.KeyMismatchException;
import dev.certkit.identity.PendingKey;
import dev.certkit.key.KeyType;
import dev.certkit.store.Storage;
import java.io.IOException;
import java.security.PublicKey;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A device's own keys and certificates, each under a name.
 *
 * <p>An identity is one record: the certified key in use, and beside it the pending key of a first request or of a
 * renewal. It changes as a whole or not at all, in {@linkplain IdentityStep steps}; one that its {@linkplain
 * IdentityState state} does not allow is an {@link IllegalStepException} and changes nothing. A pending key is never
 * overwritten, because an authority may have certified it already: {@linkplain #install install} the answer or
 * {@linkplain #withdraw withdraw} the request. Thread safe, also for several processes where the storage is.
 */
public final class Identities {
    private final IdentityRecords records;
    private final IdentitySteps steps;
    private final KeySeal seal;

    Identities(Storage storage, KeySeal seal, Clock clock) {
        this.records = new IdentityRecords(storage);
        this.steps = new IdentitySteps(records, seal, clock);
        this.seal = seal;
    }

    /**
     * Opens the identities of a storage; say next how private keys are kept.
     *
     * @param storage stays open as long as the identities are used, and is closed by the caller; not null
     */
    public static IdentitiesOpening in(Storage storage) {
        return IdentitiesOpening.of(storage);
    }

    /** The storage that they stand in. */
    public Storage storage() {
        return records.storage();
    }

    /**
     * Makes a key and a request, for a first certificate or a renewal, and stores both before anybody is asked.
     *
     * @param name 1 to 1024 characters; not null
     * @param draft not null
     * @param type the kind of key to make; not null
     * @return what is to be sent
     * @throws IllegalStepException if a request is pending under this name
     * @throws IOException if the storage fails; nothing was changed
     */
    public PendingKey request(String name, CertificationRequest.Draft draft, KeyType type) throws IOException {
        return steps.request(name, Objects.requireNonNull(draft, "draft"), type);
    }

    /**
     * Requests the certificate in use once more, with the same key, subject, alternative names and purposes.
     *
     * <p>So a self-signed certificate becomes one of an authority. A request that is pending for this key is given again.
     *
     * @param name not null
     * @return what is to be sent
     * @throws IllegalStepException if no certificate is in use, or a request for another key is pending
     * @throws IOException if the storage fails; nothing was changed
     */
    public PendingKey request(String name) throws IOException {
        return steps.requestAgain(name);
    }

    /**
     * Requests the certificate in use once more, with a new key, and the same subject, alternative names and purposes.
     *
     * @param name not null
     * @param type the kind of key to make; not null
     * @return what is to be sent
     * @throws IllegalStepException if no certificate is in use, or a request is pending
     * @throws IOException if the storage fails; nothing was changed
     */
    public PendingKey request(String name, KeyType type) throws IOException {
        return steps.requestAgain(name, type);
    }

    /**
     * Makes a key and a self-signed certificate, and puts them to use.
     *
     * @param name 1 to 1024 characters; not null
     * @param draft not null
     * @param type the kind of key to make; not null
     * @throws IllegalStepException if a certificate is in use: renew or uninstall it
     * @throws IOException if the storage fails; nothing was changed
     */
    public CertifiedKey selfSigned(String name, CertifiedKey.SelfSigned draft, KeyType type) throws IOException {
        return steps.selfSigned(name, Objects.requireNonNull(draft, "draft"), type);
    }

    /**
     * Makes the self-signed certificate in use anew with its key: valid from now, as long as before.
     *
     * @param name not null
     * @throws IllegalStepException if no self-signed certificate is in use: request that of an authority
     * @throws IOException if the storage fails; nothing was changed
     */
    public CertifiedKey renew(String name) throws IOException {
        return steps.renew(name);
    }

    /**
     * Makes the self-signed certificate in use anew with another key: valid from now, as long as before.
     *
     * @param name not null
     * @param type the kind of key to make; not null
     * @throws IllegalStepException if no self-signed certificate is in use: request that of an authority
     * @throws IOException if the storage fails; nothing was changed
     */
    public CertifiedKey renew(String name, KeyType type) throws IOException {
        return steps.renew(name, type);
    }

    /**
     * Notes that the authority wants to be asked again, and under which transaction.
     *
     * @param name not null
     * @param transactionId as the authority's answer has it; not null
     * @throws IllegalStepException if nothing is pending under this name
     * @throws IOException if the storage fails; nothing was changed
     */
    public void awaiting(String name, String transactionId) throws IOException {
        steps.awaiting(name, Objects.requireNonNull(transactionId, "transactionId"));
    }

    /**
     * Installs the certificate that answers the pending request, or one more for the key in use.
     *
     * <p>It replaces the certificate in use. The request goes, unless the certificate is only self-signed.
     *
     * @param name not null
     * @param chain leaf first; not null
     * @return the key that is now in use
     * @throws IllegalStepException if there is neither a pending request nor a certificate in use
     * @throws KeyMismatchException if the certificate is for another key; nothing was changed
     * @throws IOException if the storage fails; nothing was changed
     */
    public CertifiedKey install(String name, CertificateChain chain) throws IOException {
        return steps.install(name, Objects.requireNonNull(chain, "chain"));
    }

    /**
     * Finds the answer to the pending request in what was pasted, and installs it.
     *
     * <p>One more certificate for the key in use is welcome, too. Of several the newest of an authority is taken. Its chain is put in order from the paste and what was known.
     *
     * @param name not null
     * @param pasted not null
     * @return the key that is now in use, and what is to be said: a gap in the chain, strays, duplicates, missing names
     * @throws IllegalStepException if there is neither a pending request nor a certificate in use
     * @throws KeyMismatchException if no certificate in it is for the key; nothing was changed
     * @throws dev.certkit.format.MalformedEncodingException if there is no certificate in it; nothing was changed
     * @throws IOException if the storage fails; nothing was changed
     */
    public ImportResult.Installed install(String name, Pasted pasted) throws IOException {
        return steps.install(name, Objects.requireNonNull(pasted, "pasted"));
    }

    /**
     * Installs a certified key, wherever it comes from; it replaces the one in use.
     *
     * <p>A pending request for this very key is answered by it and goes, unless the certificate is only self-signed; a
     * pending request for another key stays.
     *
     * @param name 1 to 1024 characters; not null
     * @param key its match is proved once more; not null
     * @throws KeyMismatchException if its halves do not belong together; nothing was changed
     * @throws IllegalArgumentException if the private key cannot leave its token, and that was not {@linkplain
     *     IdentitiesOpening#keysIn handed over}
     * @throws IOException if the storage fails; nothing was changed
     */
    public void install(String name, CertifiedKey key) throws IOException {
        steps.install(name, key);
    }

    /**
     * Begins to import a key with its certificate from wherever it was made.
     *
     * @param pasted opened with its passphrase; not null
     */
    public IdentityImport importing(Pasted pasted) {
        return IdentityImport.of(steps, pasted);
    }

    /**
     * Gives the certificate in use up, and keeps its key as a pending request.
     *
     * <p>The request is the one that the certificate answered, or else a new one for the same subject and names.
     *
     * @param name not null
     * @throws IllegalStepException if no certificate is in use, or a request for another key is pending
     * @throws IdentityInUseException if an {@linkplain Endpoints endpoint} is bound to it
     * @throws IOException if the storage fails; nothing was changed
     */
    public void uninstall(String name) throws IOException {
        steps.uninstall(name);
    }

    /**
     * Gives a pending request up, with its key unless a certificate is in use for it.
     *
     * @param name not null
     * @throws IllegalStepException if nothing is pending under this name
     * @throws IOException if the storage fails; nothing was changed
     */
    public void withdraw(String name) throws IOException {
        steps.withdraw(name);
    }

    /**
     * Deletes an identity with its keys and a pending request; deleting what is not there does nothing.
     *
     * @param name not null
     * @throws IdentityInUseException if an {@linkplain Endpoints endpoint} is bound to it
     * @throws IOException if the storage fails
     */
    public void delete(String name) throws IOException {
        records.delete(name);
    }

    /**
     * The certified key in use.
     *
     * @param name not null
     * @return empty if there is none, also while a first request is pending
     * @throws KeyUnavailableException if its token, or its protector, is not there or another one
     * @throws IOException if the storage fails, or the record is damaged or sealed under another passphrase
     */
    public Optional<CertifiedKey> find(String name) throws IOException {
        return records.read(name).current(seal.of(name));
    }

    /**
     * The chain in use, leaf first, without opening its key.
     *
     * @param name not null
     * @return empty if there is none, also while a first request is pending
     * @throws IOException if the storage fails or the record is damaged
     */
    public Optional<CertificateChain> chain(String name) throws IOException {
        return records.read(name).chain();
    }

    /**
     * The pending key, to be sent once more or to be polled for, also after a restart.
     *
     * @param name not null
     * @return empty if nothing is pending
     * @throws KeyUnavailableException if its token, or its protector, is not there or another one
     * @throws IOException if the storage fails, or the record is damaged or sealed under another passphrase
     */
    public Optional<PendingKey> pending(String name) throws IOException {
        return records.read(name).pendingKey(seal.of(name));
    }

    /**
     * The request to download: the pending one, or else the one that the certificate in use answered.
     *
     * <p>It never carries a challenge password: the one to be sent with it is that of {@link #pending}.
     *
     * @param name not null
     * @return empty if there is none; {@link #request(String)} makes one for a certificate in use
     * @throws IOException if the storage fails or the record is damaged
     */
    public Optional<CertificationRequest> certificationRequest(String name) throws IOException {
        return records.read(name).request();
    }

    /**
     * The transaction that {@link #awaiting} noted.
     *
     * @param name not null
     * @return empty if nothing is pending, or it was never answered
     * @throws IOException if the storage fails or the record is damaged
     */
    public Optional<String> transactionId(String name) throws IOException {
        return records.read(name).transactionId();
    }

    /**
     * How far an identity has come, with its certificate, without opening its key.
     *
     * @param name not null
     * @throws IOException if the storage fails or the record is damaged
     */
    public IdentitySummary summary(String name) throws IOException {
        return IdentitySummary.of(name, records.read(name));
    }

    /**
     * The steps that are allowed now; not modifiable.
     *
     * @param name not null
     * @throws IOException if the storage fails or the record is damaged
     */
    public Set<IdentityStep> steps(String name) throws IOException {
        return records.allowed(name);
    }

    /**
     * All identities in the order of their names, damaged ones too; no key is opened.
     *
     * @throws IOException if the storage fails
     */
    public List<IdentitySummary> list() throws IOException {
        List<IdentitySummary> all = new ArrayList<>();
        for (String name : records.names()) {
            records.summary(name).ifPresent(all::add);
        }
        return all;
    }

    /**
     * The names, in order.
     *
     * @throws IOException if the storage fails
     */
    public List<String> names() throws IOException {
        return records.names();
    }

    /**
     * The names under which a public key is in use or pending.
     *
     * <p>More than one is a risk that all of them share.
     *
     * @param key not null
     * @throws IOException if the storage fails; records that are damaged are passed over
     */
    public List<String> holders(PublicKey key) throws IOException {
        return records.holders(HolderKey.of(key), Optional.empty());
    }

    /**
     * The certified key in use, whenever it is asked for: what is installed later is given from then on.
     *
     * <p>While nothing changed, asking costs no reading. The supplier throws {@link java.io.UncheckedIOException} if the
     * storage fails, and {@link IllegalStateException} if nothing is installed under the name.
     *
     * @param name not null
     */
    public Supplier<CertifiedKey> live(String name) {
        return new LiveIdentity(records.storage(), records.name(name), seal);
    }

    IdentityRecords records() {
        return records;
    }
}
