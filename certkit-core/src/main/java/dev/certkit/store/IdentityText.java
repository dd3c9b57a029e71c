package dev.certkit.store;

import dev.certkit.format.Certificates;
import dev.certkit.format.MalformedEncodingException;
import dev.certkit.identity.CertificateChain;
import dev.certkit.identity.CertificationRequest;
import dev.certkit.identity.CertifiedKey;
import dev.certkit.identity.PendingKey;
import dev.certkit.x509.Fingerprint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.Optional;

/**
 * The record of an identity, as text that a person can read.
 *
 * <pre>
 * certkit identity 1
 * transaction: 3F2A...       (if the authority answered that it is pending)
 *
 * in use:                    (if there is a certificate)
 * PEM of the key and of the chain
 * pending:                   (if there is a request)
 * PEM of the key and of the request
 * </pre>
 *
 * <p>Keys stay as they are, sealed or not, while the other half is changed.
 */
record IdentityText(Optional<Half> current, Optional<Half> pending, Optional<String> transactionId) {
    static final IdentityText EMPTY = new IdentityText(Optional.empty(), Optional.empty(), Optional.empty());

    private static final String FIRST_LINE = "certkit identity 1\n";
    private static final String TRANSACTION = "transaction: ";
    private static final String IN_USE = "\nin use:\n";
    private static final String PENDING = "\npending:\n";

    /** A key in PEM and what certifies it, or asks for it to be certified. */
    record Half(String key, String paper) {
        /** Never the key. */
        @Override
        public String toString() {
            return "Half[***]";
        }
    }

    static IdentityText decode(StoredRecord record) throws MalformedEncodingException {
        String text = new String(record.content().payload(), StandardCharsets.UTF_8);
        int inUse = text.indexOf(IN_USE);
        int pending = text.indexOf(PENDING);
        if (!text.startsWith(FIRST_LINE) || (inUse < 0 && pending < 0)) {
            throw new MalformedEncodingException("record " + record.name(), "it is no identity of format 1");
        }
        int body = inUse >= 0 ? inUse : pending;
        try {
            return new IdentityText(
                    half(text, inUse, IN_USE, pending < 0 ? text.length() : pending),
                    half(text, pending, PENDING, text.length()),
                    transaction(text.substring(0, body)));
        } catch (IllegalArgumentException e) {
            throw new MalformedEncodingException("record " + record.name(), "its transaction line is damaged", e);
        }
    }

    private static Optional<Half> half(String text, int start, String heading, int end) {
        if (start < 0) {
            return Optional.empty();
        }
        String half = text.substring(start + heading.length(), end);
        int paper = Math.max(half.indexOf("-----BEGIN CERTIFICATE"), 0);
        return Optional.of(new Half(half.substring(0, paper), half.substring(paper)));
    }

    private static Optional<String> transaction(String header) {
        return header.lines()
                .filter(line -> line.startsWith(TRANSACTION))
                .map(line -> PrintableText.parse(line.substring(TRANSACTION.length())))
                .findFirst();
    }

    RecordContent encode() throws MalformedEncodingException {
        StringBuilder text = new StringBuilder(FIRST_LINE);
        transactionId.ifPresent(
                id -> text.append(TRANSACTION).append(PrintableText.of(id)).append('\n'));
        current.ifPresent(half -> text.append(IN_USE).append(half.key).append(half.paper));
        pending.ifPresent(half -> text.append(PENDING).append(half.key).append(half.paper));
        RecordContent content = RecordContent.of(text.toString().getBytes(StandardCharsets.UTF_8));
        return current.isPresent()
                ? content.indexedBy(Fingerprint.sha256(
                        Certificates.parse(current.get().paper).get(0)))
                : content;
    }

    boolean isEmpty() {
        return current.isEmpty() && pending.isEmpty();
    }

    IdentityText withCurrent(String key, String chain) {
        return new IdentityText(Optional.of(new Half(key, chain)), pending, transactionId);
    }

    IdentityText withPending(String key, String request) {
        return new IdentityText(current, Optional.of(new Half(key, request)), Optional.empty());
    }

    IdentityText withTransaction(String id) {
        return new IdentityText(current, pending, Optional.of(id));
    }

    IdentityText withoutPending() {
        return new IdentityText(current, Optional.empty(), Optional.empty());
    }

    boolean isPendingFor(PublicKey key) throws IOException {
        return pending.isPresent()
                && Arrays.equals(
                        CertificationRequest.parse(pending.get().paper)
                                .publicKey()
                                .getEncoded(),
                        key.getEncoded());
    }

    Optional<CertifiedKey> current(KeySeal seal) throws IOException {
        if (current.isEmpty()) {
            return Optional.empty();
        }
        Half half = current.get();
        return Optional.of(CertifiedKey.of(seal.parse(half.key), CertificateChain.of(Certificates.parse(half.paper))));
    }

    Optional<PendingKey> pendingKey(KeySeal seal) throws IOException {
        if (pending.isEmpty()) {
            return Optional.empty();
        }
        Half half = pending.get();
        return Optional.of(PendingKey.of(seal.parse(half.key), CertificationRequest.parse(half.paper)));
    }
}
