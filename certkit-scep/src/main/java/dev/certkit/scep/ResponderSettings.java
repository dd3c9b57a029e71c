package dev.certkit.scep;

import dev.certkit.key.CryptoProviders;
import dev.certkit.store.InMemoryStorage;
import dev.certkit.store.Storage;
import java.time.Clock;
import java.util.Objects;

/** What a responder is told besides its keys. */
record ResponderSettings(
        ChallengePolicy policy,
        Storage storage,
        PeerQuirks quirks,
        Clock clock,
        CryptoProviders crypto,
        Answer answer) {
    /** Which certificates go into an answer. */
    enum Answer {
        CERTIFICATE,
        CHAIN
    }

    /** Nobody gets a first certificate before somebody has said who may. */
    static ResponderSettings standard() {
        return new ResponderSettings(
                applicant -> ChallengePolicy.Verdict.REFUSE,
                InMemoryStorage.empty(),
                PeerQuirks.none(),
                Clock.systemUTC(),
                CryptoProviders.standard(),
                Answer.CERTIFICATE);
    }

    ResponderSettings with(ChallengePolicy other) {
        return new ResponderSettings(Objects.requireNonNull(other, "policy"), storage, quirks, clock, crypto, answer);
    }

    ResponderSettings with(Storage other) {
        return new ResponderSettings(policy, Objects.requireNonNull(other, "storage"), quirks, clock, crypto, answer);
    }

    ResponderSettings with(PeerQuirks other) {
        return new ResponderSettings(policy, storage, Objects.requireNonNull(other, "quirks"), clock, crypto, answer);
    }

    ResponderSettings with(Clock other) {
        return new ResponderSettings(policy, storage, quirks, Objects.requireNonNull(other, "clock"), crypto, answer);
    }

    ResponderSettings with(CryptoProviders other) {
        return new ResponderSettings(
                policy, storage, quirks, clock, Objects.requireNonNull(other, "providers"), answer);
    }

    ResponderSettings with(Answer other) {
        return new ResponderSettings(policy, storage, quirks, clock, crypto, Objects.requireNonNull(other, "answer"));
    }
}
