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

    ResponderSettings {
        Objects.requireNonNull(policy, "policy");
        Objects.requireNonNull(storage, "storage");
        Objects.requireNonNull(quirks, "quirks");
        Objects.requireNonNull(clock, "clock");
        Objects.requireNonNull(crypto, "providers");
        Objects.requireNonNull(answer, "answer");
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
        return new ResponderSettings(other, storage, quirks, clock, crypto, answer);
    }

    ResponderSettings with(Storage other) {
        return new ResponderSettings(policy, other, quirks, clock, crypto, answer);
    }

    ResponderSettings with(PeerQuirks other) {
        return new ResponderSettings(policy, storage, other, clock, crypto, answer);
    }

    ResponderSettings with(Clock other) {
        return new ResponderSettings(policy, storage, quirks, other, crypto, answer);
    }

    ResponderSettings with(CryptoProviders other) {
        return new ResponderSettings(policy, storage, quirks, clock, other, answer);
    }

    ResponderSettings with(Answer other) {
        return new ResponderSettings(policy, storage, quirks, clock, crypto, other);
    }
}
