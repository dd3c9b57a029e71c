package dev.certkit.store.file;

import dev.certkit.format.DecodingLimits;
import dev.certkit.format.MalformedEncodingException;
import dev.certkit.format.PemBlock;
import dev.certkit.internal.der.DerException;
import dev.certkit.internal.der.DerReader;
import dev.certkit.internal.der.Tag;
import dev.certkit.x509.Fingerprint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A file with one certificate or one revocation list, and what its links are called. */
final class HashedFile {
    private static final Pattern TAKEN = Pattern.compile("(?i).*\\.(?:pem|crt|cer|crl)");
    private static final Pattern LINK = Pattern.compile("([0-9a-f]{8}\\.r?)(0|[1-9][0-9]{0,8})");
    private static final Set<String> CERTIFICATE = Set.of("CERTIFICATE", "X509 CERTIFICATE", "TRUSTED CERTIFICATE");
    private static final String REVOCATION_LIST = "X509 CRL";

    private final String name;
    private final String prefix;
    private final byte[] der;

    private HashedFile(String name, String prefix, byte[] der) {
        this.name = name;
        this.prefix = prefix;
        this.der = der;
    }

    /** A link's name, taken apart. */
    record Link(String prefix, int number) {
        @Override
        public String toString() {
            return prefix + number;
        }
    }

    static Optional<Link> link(String fileName) {
        Matcher matcher = LINK.matcher(fileName);
        return matcher.matches()
                ? Optional.of(new Link(matcher.group(1), Integer.parseInt(matcher.group(2))))
                : Optional.empty();
    }

    /** Whether files of such a name are looked at. */
    static boolean isTaken(String fileName) {
        return TAKEN.matcher(fileName).matches();
    }

    /** The file's name. */
    String name() {
        return name;
    }

    /** What its links' names have before the number: the hash and a dot, and an r for a revocation list. */
    String prefix() {
        return prefix;
    }

    Fingerprint fingerprint() {
        return Fingerprint.sha256(der);
    }

    /** The certificate or list. */
    byte[] der() {
        return der.clone();
    }

    boolean isRevocationList() {
        return prefix.endsWith("r");
    }

    /** What a file is; empty if it has not exactly one certificate or revocation list in PEM, or no readable one. */
    static Optional<HashedFile> of(String name, byte[] bytes) {
        try {
            List<PemBlock> blocks =
                    PemBlock.split(new String(bytes, StandardCharsets.ISO_8859_1), DecodingLimits.standard()).stream()
                            .filter(block -> CERTIFICATE.contains(block.label())
                                    || block.label().equals(REVOCATION_LIST))
                            .toList();
            return blocks.size() == 1 ? Optional.of(of(name, blocks.get(0))) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static HashedFile of(String name, PemBlock block) throws MalformedEncodingException, DerException {
        boolean isList = block.label().equals(REVOCATION_LIST);
        byte[] der = withoutTrustSettings(block.decoded());
        String hash = CanonicalName.hash(isList ? issuerOfList(der) : subject(der));
        return new HashedFile(name, hash + (isList ? ".r" : "."), der);
    }

    /** OpenSSL's TRUSTED CERTIFICATE has more after the certificate. */
    private static byte[] withoutTrustSettings(byte[] der) throws DerException {
        return DerReader.of(der).next(Tag.SEQUENCE).encoded();
    }

    private static DerReader signed(byte[] der) throws DerException {
        return DerReader.of(der)
                .next(Tag.SEQUENCE)
                .children()
                .next(Tag.SEQUENCE)
                .children();
    }

    private static byte[] subject(byte[] der) throws DerException {
        DerReader fields = signed(der);
        fields.nextIf(Tag.constructed(0));
        fields.next(Tag.INTEGER);
        fields.next(Tag.SEQUENCE);
        fields.next(Tag.SEQUENCE);
        fields.next(Tag.SEQUENCE);
        return fields.next(Tag.SEQUENCE).encoded();
    }

    private static byte[] issuerOfList(byte[] der) throws DerException {
        DerReader fields = signed(der);
        fields.nextIf(Tag.INTEGER);
        fields.next(Tag.SEQUENCE);
        return fields.next(Tag.SEQUENCE).encoded();
    }
}
