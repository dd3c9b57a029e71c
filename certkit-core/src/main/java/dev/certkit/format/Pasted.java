package dev.certkit.format;

import dev.certkit.key.Passphrase;
import java.security.PrivateKey;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Whatever somebody pasted or uploaded, in any form, sorted into what it is.
 *
 * <p>Read are PEM texts with anything around the blocks, also damaged in the ways of mail programs and configuration files;
 * bare base64; DER, also several in a row; PKCS#7 in DER, BER and PEM; PKCS#12; Java's JKS; private keys, plain and encrypted. The content
 * tells the kind, a label is only a hint. Nothing is lost in silence: what is no use is among the {@linkplain #strays() strays},
 * with its place and the reason, and an input without any use is an error.
 *
 * <p>Nothing is proved: no signature is checked, and no order is made. Immutable and thread safe.
 */
public final class Pasted {
    private static final int MAX_PROOFS_FOR_ALL = 1000;

    private final Found found;
    private final Remainder remainder;

    Pasted(Found found, Remainder remainder) {
        this.found = found;
        this.remainder = remainder;
    }

    record Found(
            List<X509Certificate> certificates,
            List<PrivateKey> privateKeys,
            List<String> keyNames,
            List<byte[]> requests,
            List<X509CRL> revocationLists) {}

    record Remainder(List<Note> locked, List<Note> strays, int duplicates) {}

    /**
     * Something that was seen and not read.
     *
     * @param place where it stands, for example {@code PEM block 2, EC PARAMETERS}
     * @param reason why it was not read, and what to do if something can be done
     */
    public record Note(String place, String reason) {
        /** Place and reason, for messages. */
        @Override
        public String toString() {
            return place + ": " + reason;
        }
    }

    /** What an input may lack. */
    public enum Part {
        /** The certificate of a private key that is there. */
        CERTIFICATE("no certificate for %s; add it, or request one"),
        /** The private key of a certificate that is for no authority. */
        PRIVATE_KEY("no private key for %s; add it, unless it is kept already where the certificate goes"),
        /** The certificate of somebody who issued one that is there. */
        ISSUER("no certificate of the issuer %s; add it, unless it is a root that is trusted already");

        private final String words;

        Part(String words) {
            this.words = words;
        }
    }

    /**
     * Something that is not there, though something else in the input needs it.
     *
     * @param part what it is
     * @param name of a certificate's subject or issuer in the form of RFC 4514, or which private key it is
     */
    public record Missing(Part part, String name) {
        /** What is missing and what to do, for messages. */
        @Override
        public String toString() {
            return part.words.formatted(name);
        }
    }

    /**
     * Reads a pasted text without a passphrase, with {@linkplain DecodingLimits#standard() standard limits}.
     *
     * @param text not null
     * @throws MalformedEncodingException if nothing is found, saying what was seen, or a limit is exceeded
     */
    public static Pasted parse(String text) throws MalformedEncodingException {
        return parse(text, null, DecodingLimits.standard());
    }

    /**
     * Reads a pasted text, and opens what is encrypted.
     *
     * @param text not null
     * @param passphrase what it does not open is among the {@link #locked()}; stays open; not null
     * @throws MalformedEncodingException if nothing is found, saying what was seen, or a limit is exceeded
     */
    public static Pasted parse(String text, Passphrase passphrase) throws MalformedEncodingException {
        return parse(text, Objects.requireNonNull(passphrase, "passphrase"), DecodingLimits.standard());
    }

    /**
     * Reads a pasted text within given limits.
     *
     * @param text not null
     * @param passphrase null if there is none
     * @param limits not null
     * @throws MalformedEncodingException if nothing is found, saying what was seen, or a limit is exceeded
     */
    public static Pasted parse(String text, @Nullable Passphrase passphrase, DecodingLimits limits)
            throws MalformedEncodingException {
        limits.checkSize("text", text.length());
        PasteReader reader = new PasteReader(Decoding.of("text", limits), passphrase);
        reader.text(text);
        return reader.found();
    }

    /**
     * Reads an uploaded file without a passphrase, with {@linkplain DecodingLimits#standard() standard limits}.
     *
     * @param bytes text in UTF-8 or UTF-16, or any of the binary forms; not null
     * @throws MalformedEncodingException if nothing is found, saying what was seen, or a limit is exceeded
     */
    public static Pasted decode(byte[] bytes) throws MalformedEncodingException {
        return decode(bytes, null, DecodingLimits.standard());
    }

    /**
     * Reads an uploaded file, and opens what is encrypted.
     *
     * @param bytes text in UTF-8 or UTF-16, or any of the binary forms; not null
     * @param passphrase what it does not open is among the {@link #locked()}; stays open; not null
     * @throws MalformedEncodingException if nothing is found, saying what was seen, or a limit is exceeded
     */
    public static Pasted decode(byte[] bytes, Passphrase passphrase) throws MalformedEncodingException {
        return decode(bytes, Objects.requireNonNull(passphrase, "passphrase"), DecodingLimits.standard());
    }

    /**
     * Reads an uploaded file within given limits.
     *
     * @param bytes text in UTF-8 or UTF-16, or any of the binary forms; not null
     * @param passphrase null if there is none
     * @param limits not null
     * @throws MalformedEncodingException if nothing is found, saying what was seen, or a limit is exceeded
     */
    public static Pasted decode(byte[] bytes, @Nullable Passphrase passphrase, DecodingLimits limits)
            throws MalformedEncodingException {
        limits.checkSize("file", bytes.length);
        PasteReader reader = new PasteReader(Decoding.of("file", limits), passphrase);
        reader.bytes(bytes);
        return reader.found();
    }

    /** The certificates in the order of the input, each once; not modifiable. */
    public List<X509Certificate> certificates() {
        return found.certificates;
    }

    /** The private keys in the order of the input, each once; not modifiable. */
    public List<PrivateKey> privateKeys() {
        return found.privateKeys;
    }

    /** The aliases of the private keys, in the same order; each is empty where the input had none. */
    public List<String> keyNames() {
        return found.keyNames;
    }

    /** The certification requests in DER, unproved, each once; a request is proved when it is decoded. */
    public List<byte[]> requests() {
        return found.requests.stream().map(byte[]::clone).toList();
    }

    /** The revocation lists in the order of the input, each once, unproved; not modifiable. */
    public List<X509CRL> revocationLists() {
        return found.revocationLists;
    }

    /** What a passphrase, or another one, would open; not modifiable. */
    public List<Note> locked() {
        return remainder.locked;
    }

    /** What is of no use here or damaged; not modifiable. */
    public List<Note> strays() {
        return remainder.strays;
    }

    /** How many items came more than once, each copy counted. */
    public int duplicates() {
        return remainder.duplicates;
    }

    /**
     * The certificates that are for a private key, whatever they are called.
     *
     * @param key one of {@link #privateKeys()}, or another, for example of a pending request; not null
     * @return in the order of the input, several after renewals with the same key, perhaps none; after 256 proofs by signature
     *     the others are left out
     */
    public List<X509Certificate> certificatesFor(PrivateKey key) {
        return certificatesFor(key, new KeyMatch());
    }

    /**
     * The certificates for each of {@link #privateKeys()}, in the same order, as {@link #certificatesFor} finds them.
     *
     * @return empty lists for keys without a certificate; after 1,000 proofs by signature, over all keys, the others are
     *     left out
     */
    public List<List<X509Certificate>> keyCertificates() {
        KeyMatch match = new KeyMatch(MAX_PROOFS_FOR_ALL);
        return found.privateKeys.stream()
                .map(key -> certificatesFor(key, match))
                .toList();
    }

    private List<X509Certificate> certificatesFor(PrivateKey key, KeyMatch match) {
        return found.certificates.stream()
                .filter(each -> match.of(key, each) == KeyMatch.Answer.YES)
                .toList();
    }

    /**
     * What the input lacks, as far as names and keys tell; worked out at each call.
     *
     * <p>What is {@linkplain #locked() locked} counts as not there. Issuers are looked for by name only: whether a chain is
     * whole, and where the missing issuer can be fetched, is said by the chain that is assembled from the certificates.
     */
    public List<Missing> missing() {
        return Gaps.of(this);
    }

    /** How many of each kind, for messages. */
    @Override
    public String toString() {
        List<String> parts = new ArrayList<>();
        add(parts, certificates().size(), "certificate");
        add(parts, privateKeys().size(), "private key");
        add(parts, found.requests.size(), "request");
        add(parts, revocationLists().size(), "revocation list");
        add(parts, locked().size(), "locked item");
        add(parts, strays().size(), "stray");
        add(parts, duplicates(), "duplicate");
        return String.join(", ", parts);
    }

    private static void add(List<String> parts, int number, String noun) {
        if (number > 0) {
            parts.add(number + " " + noun + (number == 1 ? "" : "s"));
        }
    }
}
