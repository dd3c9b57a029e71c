package dev.certkit.http;

import dev.certkit.http.Challenges.Challenge;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** A challenge to prove a password without sending it (RFC 7616, section 3.3). */
record DigestChallenge(Hash hash, boolean isSession, boolean hasQop, Challenge fields) {
    private static final int LONGEST = 2048;
    private static final String SESSION = "-sess";

    /** The hashes, the best first. */
    enum Hash {
        SHA_512_256("SHA-512-256", "SHA-512/256"),
        SHA_256("SHA-256", "SHA-256"),
        /** Broken, and all that old servers know. */
        MD5("MD5", "MD5");

        private final String registeredName;
        private final String jcaName;

        Hash(String registeredName, String jcaName) {
            this.registeredName = registeredName;
            this.jcaName = jcaName;
        }

        String jcaName() {
            return jcaName;
        }

        static Optional<Hash> named(String name) {
            return Arrays.stream(values())
                    .filter(hash -> hash.registeredName.equalsIgnoreCase(name))
                    .findFirst();
        }
    }

    /** The best of those that can be answered. */
    static Optional<DigestChallenge> best(HttpAnswer answer) {
        return Challenges.in(answer.headers("www-authenticate")).stream()
                .flatMap(challenge -> of(challenge).stream())
                .min(Comparator.comparing(DigestChallenge::hash));
    }

    private static Optional<DigestChallenge> of(Challenge challenge) {
        boolean isComplete = challenge.scheme().equals("digest")
                && challenge.parameter("realm").isPresent()
                && challenge.parameter("nonce").isPresent();
        boolean canBeEchoed = challenge.parameters().values().stream()
                .allMatch(value -> value.length() <= LONGEST && Ascii.isFieldValue(value));
        if (!isComplete || !canBeEchoed) {
            return Optional.empty();
        }
        String algorithm = challenge.parameter("algorithm").orElse("MD5");
        boolean isSession = Ascii.lowerCase(algorithm).endsWith(SESSION);
        String name = isSession ? algorithm.substring(0, algorithm.length() - SESSION.length()) : algorithm;
        Optional<String> qop = challenge.parameter("qop");
        boolean offersAuth = qop.stream()
                .flatMap(list -> Arrays.stream(list.split("[, \t]+")))
                .anyMatch("auth"::equalsIgnoreCase);
        if (qop.isPresent() && !offersAuth) {
            return Optional.empty();
        }
        return Hash.named(name).map(hash -> new DigestChallenge(hash, isSession, offersAuth, challenge));
    }

    String realm() {
        return fields.parameters().getOrDefault("realm", "");
    }

    String nonce() {
        return fields.parameters().getOrDefault("nonce", "");
    }

    Optional<String> opaque() {
        return fields.parameter("opaque");
    }

    /** As the server wrote it; a server that did not write it may not know it. */
    Optional<String> algorithm() {
        return fields.parameter("algorithm");
    }

    boolean isStale() {
        return is("stale", "true");
    }

    boolean wantsUserHash() {
        return is("userhash", "true");
    }

    boolean isUtf8() {
        return is("charset", "UTF-8");
    }

    private boolean is(String name, String value) {
        return fields.parameter(name).filter(value::equalsIgnoreCase).isPresent();
    }

    /** The places that the password is for; empty means everything on the server. */
    List<String> domain() {
        return fields.parameter("domain").stream()
                .flatMap(list -> Arrays.stream(list.strip().split("[ \t]+")))
                .filter(place -> !place.isEmpty())
                .toList();
    }
}
