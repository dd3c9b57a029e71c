package dev.certkit.issue;

import dev.certkit.identity.CertificateChain;
import dev.certkit.identity.CertifiedKey;
import dev.certkit.identity.KeyMismatchException;
import dev.certkit.identity.PendingKey;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;

/** The answer of an authority: issued, pending or refused. Immutable and thread safe. */
public sealed interface Enrolment {
    /**
     * Handles each answer.
     *
     * @param issued not null
     * @param pending not null
     * @param refused not null
     * @return what the handler of this answer gives
     */
    <T> T fold(Function<Issued, T> issued, Function<Pending, T> pending, Function<Refused, T> refused);

    /**
     * The certificate is there.
     *
     * <p>An authority may give other names than it was asked for (RFC 8894, section 2.4): whoever cares looks at the
     * differences.
     *
     * @param key the key with its chain, the match proved
     * @param differences in which names the certificate differs from the request; unmodifiable, mostly empty
     */
    record Issued(CertifiedKey key, Set<Difference> differences) implements Enrolment {
        /** Names that may be others than were asked for. */
        public enum Difference {
            /** The subject. */
            SUBJECT,
            /** The subject alternative names, their order aside: some are missing, or there are more. */
            ALTERNATIVE_NAMES
        }

        /** Checks for null. */
        public Issued {
            Objects.requireNonNull(key, "key");
            differences = Set.copyOf(differences);
        }

        /**
         * A certificate with the names that were asked for.
         *
         * @param key not null
         */
        public Issued(CertifiedKey key) {
            this(key, Set.of());
        }

        /**
         * The certificate for a request, compared with it.
         *
         * @param asked the key with its request; not null
         * @param chain the certificate with those above it; not null
         * @throws KeyMismatchException if it is for another key
         */
        public static Issued of(PendingKey asked, CertificateChain chain) throws KeyMismatchException {
            return new Issued(
                    asked.certifiedBy(chain),
                    IssuedNames.differences(asked.request(), chain.encoded().get(0)));
        }

        @Override
        public <T> T fold(Function<Issued, T> issued, Function<Pending, T> pending, Function<Refused, T> refused) {
            return issued.apply(this);
        }
    }

    /**
     * Somebody has to decide first; ask again later with {@link CertificateAuthority#poll}.
     *
     * @param pendingKey the key with its request
     * @param transactionId what the authority knows the request by
     * @param current the certified key that is being renewed, or empty on a first request
     */
    record Pending(PendingKey pendingKey, String transactionId, Optional<CertifiedKey> current) implements Enrolment {
        /** Checks for null. */
        public Pending {
            Objects.requireNonNull(pendingKey, "pendingKey");
            Objects.requireNonNull(transactionId, "transactionId");
            Objects.requireNonNull(current, "current");
        }

        @Override
        public <T> T fold(Function<Issued, T> issued, Function<Pending, T> pending, Function<Refused, T> refused) {
            return pending.apply(this);
        }
    }

    /**
     * The authority says no.
     *
     * @param number the failInfo as it was sent, -1 if none was (RFC 8894, section 3.2.1.4)
     * @param text what the authority says to people, perhaps empty; not checked, escape it before you print it
     * @param httpStatus the status of the HTTP answer that carried the refusal, mostly 200; empty if it came otherwise
     */
    record Refused(int number, String text, OptionalInt httpStatus) implements Enrolment {
        /** Checks for null. */
        public Refused {
            Objects.requireNonNull(text, "text");
            Objects.requireNonNull(httpStatus, "httpStatus");
        }

        /**
         * A refusal that did not come by HTTP.
         *
         * @param number the failInfo, -1 if there is none
         * @param text for people; not null
         */
        public Refused(int number, String text) {
            this(number, text, OptionalInt.empty());
        }

        /**
         * A refusal for a known reason.
         *
         * @param failInfo not null
         * @param text for people; not null
         */
        public static Refused of(FailInfo failInfo, String text) {
            return new Refused(failInfo.number(), text);
        }

        /** The reason, or empty if the number is none of RFC 8894. */
        public Optional<FailInfo> failInfo() {
            return FailInfo.of(number);
        }

        @Override
        public <T> T fold(Function<Issued, T> issued, Function<Pending, T> pending, Function<Refused, T> refused) {
            return refused.apply(this);
        }
    }
}
