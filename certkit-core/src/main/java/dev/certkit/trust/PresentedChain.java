package dev.certkit.trust;

import dev.certkit.internal.der.Nesting;
import dev.certkit.x509.EncodedCertificate;
import dev.certkit.x509.ExtendedKeyUsage;
import java.io.IOException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Certificates as a peer presented them, and what they are presented for: nothing about them is proven.
 *
 * <p>The first is the peer's own; the others help to find a path from it, in any order. What is malformed or too much is
 * a reason of the verdict and not an exception. Immutable and thread safe.
 */
public final class PresentedChain {
    /** Providers may read parts of what is inside by recursion. */
    private static final int MAX_DEPTH = 32;

    private final List<EncodedCertificate> certificates;
    private final Optional<TrustReason> defect;
    private final Question question;

    private PresentedChain(List<EncodedCertificate> certificates, Optional<TrustReason> defect, Question question) {
        this.certificates = certificates;
        this.defect = defect;
        this.question = question;
    }

    private record Question(
            Instant time,
            Optional<Peer> peer,
            Optional<ExtendedKeyUsage> purpose,
            AnchorWishes anchors,
            List<EncodedCertificate> path,
            Optional<byte[]> stapled) {
        Question with(AnchorWishes others) {
            return new Question(time, peer, purpose, others, path, stapled);
        }
    }

    /**
     * Takes certificates as they came over the wire.
     *
     * @param encoded the DER of each, the peer's own first; copied; not null
     * @param time at which trust is asked for; not null
     */
    public static PresentedChain decode(List<byte[]> encoded, Instant time) {
        List<EncodedCertificate> readable = new ArrayList<>();
        Optional<TrustReason> defect = Bounds.excess(encoded);
        if (defect.isEmpty() && encoded.isEmpty()) {
            defect = Optional.of(new TrustReason.Malformed(0, "nothing", "no certificate was presented"));
        }
        for (int i = 0; defect.isEmpty() && i < encoded.size(); i++) {
            try {
                readable.add(decoded(encoded.get(i)));
            } catch (IOException e) {
                // A stray that nobody can read does not matter; the peer's own certificate does.
                defect = i == 0 ? Optional.of(TrustReason.Malformed.certificate(0, e)) : Optional.empty();
            }
        }
        Question question = new Question(
                time.truncatedTo(ChronoUnit.SECONDS),
                Optional.empty(),
                Optional.empty(),
                AnchorWishes.NONE,
                List.of(),
                Optional.empty());
        return new PresentedChain(List.copyOf(readable), defect, question);
    }

    private static EncodedCertificate decoded(byte[] der) throws IOException {
        Nesting.check(der, MAX_DEPTH);
        return EncodedCertificate.decode(der);
    }

    /**
     * Takes certificates that somebody read already.
     *
     * @param certificates the peer's own first; not null
     * @param time at which trust is asked for; not null
     */
    public static PresentedChain of(List<X509Certificate> certificates, Instant time) {
        List<byte[]> encoded = new ArrayList<>();
        for (X509Certificate certificate : certificates) {
            encoded.add(encoded(certificate));
        }
        return decode(encoded, time);
    }

    private static byte[] encoded(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException e) {
            return new byte[0];
        }
    }

    /**
     * Presented by this peer, whose name the certificate must have where a policy looks at names.
     *
     * @param peer not null
     */
    public PresentedChain by(Peer peer) {
        Objects.requireNonNull(peer, "peer");
        return with(new Question(
                question.time, Optional.of(peer), question.purpose, question.anchors, question.path, question.stapled));
    }

    /**
     * Presented for this purpose, which every certificate of the path must allow (RFC 5280, section 4.2.1.12).
     *
     * @param purpose not null
     */
    public PresentedChain forPurpose(ExtendedKeyUsage purpose) {
        Objects.requireNonNull(purpose, "purpose");
        return with(new Question(
                question.time, question.peer, Optional.of(purpose), question.anchors, question.path, question.stapled));
    }

    /**
     * Presented with an answer of OCSP about the peer's own certificate, as TLS staples it (RFC 6066, section 8).
     *
     * @param response the DER of an OCSPResponse, of which nothing is proven; copied; not null
     */
    public PresentedChain stapled(byte[] response) {
        return with(new Question(
                question.time,
                question.peer,
                question.purpose,
                question.anchors,
                question.path,
                Optional.of(response.clone())));
    }

    /**
     * The same question, where a path may end at these certificates as well.
     *
     * @param anchors not null
     * @throws IllegalArgumentException if one is not encoded as a certificate
     */
    public PresentedChain alsoTrusting(List<X509Certificate> anchors) {
        AnchorWishes wishes = question.anchors;
        for (X509Certificate anchor : anchors) {
            wishes = wishes.with(EncodedCertificate.of(anchor), Set.of());
        }
        return with(wishes);
    }

    /**
     * The same question, where a path may end at this certificate as well, which need not keep to every rule.
     *
     * @param anchor not null
     * @param waived rules for anchors that do not bind this one; not null
     */
    public PresentedChain alsoTrusting(EncodedCertificate anchor, Set<AnchorRule> waived) {
        return with(question.anchors.with(Objects.requireNonNull(anchor, "anchor"), waived));
    }

    /**
     * The same question, where a path may not end at some certificates, whatever anchors a policy has.
     *
     * <p>The policies made here keep to it; of others, look through the path that they prove.
     *
     * @param anchors tells which; thread safe; not null
     */
    public PresentedChain withoutAnchors(Predicate<EncodedCertificate> anchors) {
        return with(question.anchors.without(Objects.requireNonNull(anchors, "anchors")));
    }

    /**
     * The same question, as if some of the certificates behind the peer's own had not been presented.
     *
     * @param issuers tells which; not null
     */
    public PresentedChain withoutIssuers(Predicate<EncodedCertificate> issuers) {
        List<EncodedCertificate> kept = new ArrayList<>();
        for (EncodedCertificate certificate : certificates) {
            if (kept.isEmpty() || !issuers.test(certificate)) {
                kept.add(certificate);
            }
        }
        return new PresentedChain(List.copyOf(kept), defect, question);
    }

    private PresentedChain with(AnchorWishes anchors) {
        return with(question.with(anchors));
    }

    /** The same question to a policy that comes after one that proved this path. */
    PresentedChain provenBy(List<EncodedCertificate> path) {
        return with(
                new Question(question.time, question.peer, question.purpose, question.anchors, path, question.stapled));
    }

    private PresentedChain with(Question asked) {
        return new PresentedChain(certificates, defect, asked);
    }

    /** The certificates that could be read, the peer's own first; empty if there is nothing to judge. */
    public List<EncodedCertificate> certificates() {
        return certificates;
    }

    /** Why there is nothing to judge: too much was presented, nothing, or nothing that is a certificate. */
    public Optional<TrustReason> defect() {
        return defect;
    }

    /** The time at which trust is asked for, in whole seconds. */
    public Instant time() {
        return question.time;
    }

    /** Who presented it. */
    public Optional<Peer> peer() {
        return question.peer;
    }

    /** What it is presented for. */
    public Optional<ExtendedKeyUsage> purpose() {
        return question.purpose;
    }

    AnchorWishes anchors() {
        return question.anchors;
    }

    /** The answer of OCSP that came with it, a copy; empty if none did. */
    public Optional<byte[]> stapled() {
        return question.stapled.map(byte[]::clone);
    }

    /** The path that a policy asked before has proved, the peer's certificate first; empty if there is none. */
    public List<EncodedCertificate> provenPath() {
        return question.path;
    }

    /** How many certificates, from whom and for what. */
    @Override
    public String toString() {
        return certificates.size() + " certificates"
                + question.peer.map(peer -> " of " + peer).orElse("")
                + question.purpose.map(purpose -> " for " + purpose.oid()).orElse("");
    }
}
