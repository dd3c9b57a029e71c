package dev.certkit.scep;

import dev.certkit.key.Passphrase;
import java.security.MessageDigest;
import java.util.Arrays;

/** One challenge for everybody, compared by digest, so that not even its length shows in the time taken. */
final class SharedChallenge implements ChallengePolicy {
    private final Passphrase challenge;

    private SharedChallenge(Passphrase challenge) {
        this.challenge = challenge;
    }

    static SharedChallenge of(Passphrase challenge) {
        if (challenge.isEmpty()) {
            throw new IllegalArgumentException("challenge: it is empty, which would let everybody in");
        }
        return new SharedChallenge(challenge);
    }

    @Override
    public Verdict judge(Applicant applicant) {
        boolean right = applicant
                .request()
                .challengePassword()
                .filter(given -> MessageDigest.isEqual(digest(given), digest(challenge)))
                .isPresent();
        return right ? Verdict.ACCEPT : Verdict.REFUSE;
    }

    static byte[] digest(Passphrase secret) {
        byte[] utf8 = secret.utf8();
        try {
            return SigningDigest.SHA_256.digest(utf8);
        } finally {
            Arrays.fill(utf8, (byte) 0);
        }
    }
}
