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
            List<EncodedCertificate> furtherAnchors,
            List<EncodedCertificate> path) {}

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
                time.truncatedTo(ChronoUnit.SECONDS), Optional.empty(), Optional.empty(), List.of(), List.of());
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
                question.time, Optional.of(peer), question.purpose, question.furtherAnchors, question.path));
    }

    /**
     * Presented for this purpose, which every certificate of the path must allow (RFC 5280, section 4.2.1.12).
     *
     * @param purpose not null
     */
    public PresentedChain forPurpose(ExtendedKeyUsage purpose) {
        Objects.requireNonNull(purpose, "purpose");
        return with(new Question(
                question.time, question.peer, Optional.of(purpose), question.furtherAnchors, question.path));
    }

    /**
     * The same question, where a path may end at these certificates as well.
     *
     * @param anchors not null
     * @throws IllegalArgumentException if one is not encoded as a certificate
     */
    public PresentedChain alsoTrusting(List<X509Certificate> anchors) {
        List<EncodedCertificate> further =
                anchors.stream().map(EncodedCertificate::of).toList();
        return with(new Question(question.time, question.peer, question.purpose, further, question.path));
    }

    /** The same question to a policy that comes after one that proved this path. */
    PresentedChain provenBy(List<EncodedCertificate> path) {
        return with(new Question(question.time, question.peer, question.purpose, question.furtherAnchors, path));
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

    List<EncodedCertificate> furtherAnchors() {
        return question.furtherAnchors;
    }

    /** What a policy asked before has proven; empty if nothing. */
    List<EncodedCertificate> path() {
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
