package dev.certkit.shelf.trust;

import dev.certkit.format.Pasted;
import dev.certkit.internal.text.ForeignText;
import dev.certkit.shelf.trust.TrustImport.Refusal;
import dev.certkit.shelf.trust.TrustState.Decision;
import dev.certkit.x509.EncodedCertificate;
import dev.certkit.x509.Fingerprint;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Sorts one file into the lists; not thread safe. */
final class TrustImporter {
    private final TrustRecords records;
    private final Instant now;
    private final List<TrustEntry> imported = new ArrayList<>();
    private final List<Refusal> refused = new ArrayList<>();

    TrustImporter(TrustRecords records) {
        this.records = records;
        this.now = records.clock().instant();
    }

    TrustImport all(Pasted pasted) throws IOException {
        for (X509Certificate certificate : pasted.certificates()) {
            one(EncodedCertificate.of(certificate));
        }
        others(pasted.privateKeys().size(), "private key", "it belongs to an identity; import it there");
        others(pasted.requests().size(), "request", "it is no certificate yet");
        others(pasted.revocationLists().size(), "revocation list", "the policy for revocation fetches them itself");
        pasted.locked().forEach(note -> refused.add(new Refusal(note.place(), note.reason())));
        pasted.strays().forEach(note -> refused.add(new Refusal(note.place(), note.reason())));
        return new TrustImport(imported, refused);
    }

    private void others(int number, String what, String why) {
        if (number > 0) {
            refused.add(new Refusal(number == 1 ? "one " + what : number + " " + what + "s", why));
        }
    }

    private void one(EncodedCertificate certificate) throws IOException {
        Fingerprint fingerprint = certificate.fingerprint();
        Optional<TrustState> known = records.index().state(fingerprint);
        if (records.index().isRejected(certificate)) {
            refuse(certificate, "it was rejected; accept it, or delete the rejection first");
        } else if (known.filter(this::isListed).isPresent()) {
            refuse(certificate, "it is listed already");
        } else {
            // A rejection that came meanwhile stays.
            Optional<TrustState> after =
                    records.update(fingerprint, before -> before.filter(state -> state.decision() == Decision.REJECTED)
                            .or(() -> Optional.of(made(certificate, before))));
            after.map(records::entry).ifPresent(imported::add);
        }
    }

    private boolean isListed(TrustState state) {
        return state.decision() == Decision.ACCEPTED || (state.decision() == Decision.NONE && state.hasExpired(now));
    }

    private TrustState made(EncodedCertificate certificate, Optional<TrustState> before) {
        TrustState undecided = TrustState.undecided(certificate);
        TrustState state = before.orElse(undecided);
        return state.hasExpired(now)
                ? state.decided(Decision.NONE)
                : state.accepted(Acceptance.everywhere().waiving(undecided.known(now)));
    }

    private void refuse(EncodedCertificate certificate, String why) {
        refused.add(new Refusal("the certificate of " + ForeignText.shownAtLength(certificate.toString()), why));
    }
}
