package dev.certkit.shelf;

import dev.certkit.format.Certificates;
import dev.certkit.format.MalformedEncodingException;
import dev.certkit.format.PemBlock;
import dev.certkit.identity.CertificateChain;
import dev.certkit.identity.CertificationRequest;
import dev.certkit.identity.CertifiedKey;
import dev.certkit.identity.PendingKey;
import dev.certkit.internal.text.PrintableText;
import dev.certkit.internal.x509.SelfSignature;
import dev.certkit.store.RecordContent;
import dev.certkit.store.StoredRecord;
import dev.certkit.x509.EncodedCertificate;
import dev.certkit.x509.Fingerprint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * The record of an identity, as text that a person can read.
 *
 * <pre>
 * certkit identity 1
 * self-signed: 9F:86...      (the fingerprint of the certificate in use, if it is: proved when it was written)
 * transaction: 3F2A...       (if the authority answered that it is pending)
 *
 * in use:                    (if there is a certificate)
 * PEM of the key and of the chain
 * requested with:            (if it answered a request)
 * PEM of the request
 * pending:                   (if there is a request)
 * PEM of the key and of the request
 * as sent:                   (if a challenge password stands in what is sent)
 * PEM of the request with it, sealed if keys are
 * </pre>
 *
 * <p>Keys stay as they are, sealed or not, while the rest is changed.
 */
record IdentityText(Optional<Half> current, Optional<Half> pending, Notes notes) {
    static final IdentityText EMPTY =
            new IdentityText(Optional.empty(), Optional.empty(), new Notes(Optional.empty(), Optional.empty()));

    private static final String FIRST_LINE = "certkit identity 1\n";
    private static final String SELF_SIGNED = "self-signed: ";
    private static final String TRANSACTION = "transaction: ";
    private static final String IN_USE = "in use:";
    private static final String REQUESTED_WITH = "requested with:";
    private static final String PENDING = "pending:";
    private static final String AS_SENT = "as sent:";
    private static final String CERTIFICATE_END = "-----END CERTIFICATE-----";

    /**
     * A key, what certifies it or asks for it to be certified, and the request that led there or that was sent.
     *
     * <p>All three in PEM.
     */
    record Half(String key, String paper, Optional<String> request) {
        Half with(String otherPaper) {
            return new Half(key, otherPaper, request);
        }

        /** Never the key. */
        @Override
        public String toString() {
            return "Half[***]";
        }
    }

    /** The header lines; the fingerprint is no use for another certificate than its own. */
    record Notes(Optional<Fingerprint> selfSigned, Optional<String> transactionId) {}

    static IdentityText decode(StoredRecord record) throws MalformedEncodingException {
        String text = new String(record.content().payload(), StandardCharsets.UTF_8);
        Sections sections = Sections.of(text, List.of(IN_USE, REQUESTED_WITH, PENDING, AS_SENT));
        if (!sections.header().startsWith(FIRST_LINE) || !(sections.has(IN_USE) || sections.has(PENDING))) {
            throw new MalformedEncodingException("record " + record.name(), "it is no identity of format 1");
        }
        try {
            return new IdentityText(
                    half(sections.find(IN_USE), sections.find(REQUESTED_WITH)),
                    half(sections.find(PENDING), sections.find(AS_SENT)),
                    new Notes(
                            note(sections.header(), SELF_SIGNED).map(Fingerprint::parse),
                            note(sections.header(), TRANSACTION).map(PrintableText::parse)));
        } catch (IllegalArgumentException e) {
            throw new MalformedEncodingException("record " + record.name(), "one of its first lines is damaged", e);
        }
    }

    private static Optional<Half> half(Optional<String> section, Optional<String> request) {
        return section.map(text -> {
            int paper = Math.max(text.indexOf("-----BEGIN CERTIFICATE"), 0);
            return new Half(text.substring(0, paper), text.substring(paper), request);
        });
    }

    private static Optional<String> note(String header, String label) {
        return header.lines()
                .filter(line -> line.startsWith(label))
                .map(line -> line.substring(label.length()))
                .findFirst();
    }

    RecordContent encode() throws IOException {
        StringBuilder text = new StringBuilder(FIRST_LINE);
        Optional<Fingerprint> fingerprint = leaf().map(EncodedCertificate::fingerprint);
        if (isSelfSigned()) {
            text.append(SELF_SIGNED).append(fingerprint.orElseThrow()).append('\n');
        }
        transactionId()
                .ifPresent(id ->
                        text.append(TRANSACTION).append(PrintableText.of(id)).append('\n'));
        text.append('\n');
        current.ifPresent(half -> append(text, half, IN_USE, REQUESTED_WITH));
        pending.ifPresent(half -> append(text, half, PENDING, AS_SENT));
        RecordContent content = RecordContent.of(text.toString().getBytes(StandardCharsets.UTF_8));
        return fingerprint.isPresent() ? content.indexedBy(fingerprint.get()) : content;
    }

    private static void append(StringBuilder text, Half half, String heading, String requestHeading) {
        text.append(heading).append('\n').append(half.key).append(half.paper);
        half.request.ifPresent(
                request -> text.append(requestHeading).append('\n').append(request));
    }

    boolean isEmpty() {
        return current.isEmpty() && pending.isEmpty();
    }

    Optional<String> transactionId() {
        return notes.transactionId;
    }

    IdentityText withCurrent(Half half) {
        return new IdentityText(Optional.of(half), pending, notes);
    }

    IdentityText withoutCurrent() {
        return new IdentityText(Optional.empty(), pending, notes);
    }

    IdentityText withPending(Half half) {
        return new IdentityText(current, Optional.of(half), new Notes(notes.selfSigned, Optional.empty()));
    }

    IdentityText withTransaction(String id) {
        return new IdentityText(current, pending, new Notes(notes.selfSigned, Optional.of(id)));
    }

    IdentityText withoutPending() {
        return new IdentityText(current, Optional.empty(), new Notes(notes.selfSigned, Optional.empty()));
    }

    /** By the note if it is of this very certificate, else by its signature. */
    boolean isSelfSigned() throws IOException {
        Optional<EncodedCertificate> leaf = leaf();
        return leaf.isPresent()
                && (notes.selfSigned.equals(leaf.map(EncodedCertificate::fingerprint))
                        || SelfSignature.holds(leaf.get()));
    }

    /** The certificate in use, without looking at its key or its issuers. */
    Optional<EncodedCertificate> leaf() throws IOException {
        if (current.isEmpty()) {
            return Optional.empty();
        }
        String chain = current.get().paper;
        int end = chain.indexOf(CERTIFICATE_END);
        String first = end < 0 ? chain : chain.substring(0, end + CERTIFICATE_END.length());
        return Optional.of(
                EncodedCertificate.decode(PemBlock.single(first, "CERTIFICATE").decoded()));
    }

    boolean isPendingFor(EncodedCertificate certificate) throws IOException {
        return pending.isPresent() && HolderKey.ofRequest(pending.get().paper).isOf(certificate);
    }

    Optional<CertificateChain> chain() throws IOException {
        return current.isEmpty()
                ? Optional.empty()
                : Optional.of(sound(() -> CertificateChain.of(Certificates.parse(current.get().paper))));
    }

    Optional<CertifiedKey> current(KeySeal seal) throws IOException {
        Optional<CertificateChain> chain = chain();
        return chain.isEmpty()
                ? Optional.empty()
                : Optional.of(sound(() -> CertifiedKey.of(seal.parse(current.orElseThrow().key), chain.get())));
    }

    private interface Reading<T> {
        T get() throws IOException;
    }

    /** What no step writes, but an editor may: too many certificates, or one for a key that nothing here can use. */
    private static <T> T sound(Reading<T> reading) throws IOException {
        try {
            return reading.get();
        } catch (IllegalArgumentException e) {
            throw new MalformedEncodingException(
                    "stored identity", e.getMessage() + "; restore the record, or delete it", e);
        }
    }

    Optional<PendingKey> pendingKey(KeySeal seal) throws IOException {
        if (pending.isEmpty()) {
            return Optional.empty();
        }
        Half half = pending.get();
        return Optional.of(PendingKey.of(seal.parse(half.key), seal.parseRequest(half.request.orElse(half.paper))));
    }

    /** The request without a secret in it: the pending one, or else the one that the certificate in use answered. */
    Optional<CertificationRequest> request() throws IOException {
        Optional<String> pem = pending.map(Half::paper).or(() -> current.flatMap(Half::request));
        return pem.isEmpty() ? Optional.empty() : Optional.of(CertificationRequest.parse(pem.get()));
    }
}
