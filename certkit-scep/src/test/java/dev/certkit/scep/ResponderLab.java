package dev.certkit.scep;

import dev.certkit.identity.CertifiedKey;
import dev.certkit.issue.LocalAuthority;
import dev.certkit.key.Passphrase;
import dev.certkit.store.InMemoryStorage;
import dev.certkit.store.RecordHeader;
import dev.certkit.store.Shelf;
import dev.certkit.store.Storage;
import dev.certkit.time.MovableClock;
import dev.certkit.x509.CertificateProfile;
import dev.certkit.x509.DistinguishedName;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** An authority, a storage, a clock and a responder over them, which can be started again over the same storage. */
final class ResponderLab {
    static final CertifiedKey ROOT = root();

    final MovableClock clock = MovableClock.at(Pki.NOW);
    final InMemoryStorage memory = InMemoryStorage.empty(clock);
    final Storage storage;

    private ResponderLab(Optional<Storage> storage) {
        this.storage = storage.orElse(memory);
    }

    static ResponderLab open() {
        return new ResponderLab(Optional.empty());
    }

    /** Over a storage that fails when the test says so. */
    static ResponderLab over(BreakableStorage storage) {
        return new ResponderLab(Optional.of(storage));
    }

    private static CertifiedKey root() {
        return CertifiedKey.selfSigned(DistinguishedName.cn("Lab Root").o("Test"))
                .profile(CertificateProfile.scepAuthority())
                .clock(MovableClock.at(Pki.NOW))
                .with(Pki.rsa("lab root"));
    }

    /** Devices that only give a common name are certified too. */
    LocalAuthority authority() {
        return LocalAuthority.of(ROOT)
                .profile(CertificateProfile.tlsServer().needingOneOf())
                .in(storage)
                .clock(clock);
    }

    OneTimeChallenges challenges() {
        return ChallengePolicy.oneTime(storage).clock(clock);
    }

    /** With one-time challenges; each call is a restart. */
    ScepResponder responder() {
        return responder(challenges());
    }

    ScepResponder responder(ChallengePolicy policy) {
        return ScepResponder.of(authority()).challenges(policy).in(storage).clock(clock);
    }

    Passphrase challenge() throws IOException {
        return challenges().issue();
    }

    /** How many certificates the authority has recorded. */
    int issued() throws IOException {
        return storage.list(Shelf.of("issued"), Optional.empty(), 10_000).size();
    }

    List<RecordHeader> transactions() throws IOException {
        return storage.list(Shelf.of("scep-transactions"), Optional.empty(), 10_000);
    }
}
