package dev.certkit.identity;

import dev.certkit.internal.der.DerException;
import dev.certkit.internal.der.DerReader;
import dev.certkit.internal.der.DerValue;
import dev.certkit.internal.der.NameForm;
import dev.certkit.internal.der.Tag;
import dev.certkit.x509.EncodedCertificate;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.BitSet;

/**
 * What a certificate says of its issuer and of itself as an issuer (RFC 5280, 4.1 and 4.2), as numbers to find it by.
 *
 * <p>An identifier that is not there is 0. An extension that is damaged counts as not there.
 */
final class LinkFields {
    private static final int KEY_CERT_SIGN = 5;
    /** 2.5.29, the arc of all extensions that are looked at. */
    private static final int JOINT_ISO = 0x55;

    private static final int CERTIFICATE_EXTENSIONS = 0x1D;
    private static final int SUBJECT_KEY_IDENTIFIER = 14;
    private static final int KEY_USAGE = 15;
    private static final int BASIC_CONSTRAINTS = 19;
    private static final int AUTHORITY_KEY_IDENTIFIER = 35;

    private final int subject;
    private final int issuer;
    private final int key;
    private final long notBefore;
    private final long notAfter;
    private int serialOfIssuer;
    private int keyIdentifier;
    private int authorityKey;
    private int authoritySerial;
    private boolean keyIdentifierStated;
    private boolean authority;
    private boolean barredFromSigning;

    private LinkFields(DerReader fields) throws DerException {
        fields.nextIf(Tag.constructed(0));
        byte[] serial = fields.next().content();
        fields.next();
        issuer = name(fields.next());
        DerReader validity = fields.next().children();
        notBefore = validity.next().time().getEpochSecond();
        notAfter = validity.next().time().getEpochSecond();
        subject = name(fields.next());
        DerValue spki = fields.next();
        key = Arrays.hashCode(spki.encoded());
        serialOfIssuer = issuerAndSerial(issuer, serial);
        fields.nextIf(Tag.context(1));
        fields.nextIf(Tag.context(2));
        if (fields.hasNext(Tag.constructed(3))) {
            readExtensions(fields.next().children().next(Tag.SEQUENCE).children());
        }
        if (!keyIdentifierStated) {
            keyIdentifier = usualIdentifier(spki);
        }
    }

    static LinkFields of(EncodedCertificate certificate) {
        try {
            return new LinkFields(
                    DerReader.single(certificate.toBeSigned(), Tag.SEQUENCE).children());
        } catch (DerException e) {
            throw new IllegalStateException("a certificate that was checked when it was made is malformed", e);
        }
    }

    private void readExtensions(DerReader each) throws DerException {
        while (each.hasNext()) {
            DerReader extension = each.next(Tag.SEQUENCE).children();
            byte[] oid = extension.next(Tag.OID).content();
            extension.nextIf(Tag.BOOLEAN);
            if (oid.length == 3 && oid[0] == JOINT_ISO && oid[1] == CERTIFICATE_EXTENSIONS) {
                readExtension(oid[2], extension.next(Tag.OCTET_STRING).content());
            }
        }
    }

    private void readExtension(int arc, byte[] value) {
        try {
            switch (arc) {
                case SUBJECT_KEY_IDENTIFIER -> readKeyIdentifier(value);
                case AUTHORITY_KEY_IDENTIFIER ->
                    readAuthority(DerReader.single(value, Tag.SEQUENCE).children());
                case BASIC_CONSTRAINTS ->
                    readConstraints(DerReader.single(value, Tag.SEQUENCE).children());
                case KEY_USAGE -> readUsage(DerReader.of(value).next().namedBits());
                default -> {}
            }
        } catch (DerException e) {
            // What Java takes in spite of it is judged by those who trust, not here.
        }
    }

    private void readKeyIdentifier(byte[] value) throws DerException {
        keyIdentifier = identifier(DerReader.single(value, Tag.OCTET_STRING).content());
        keyIdentifierStated = true;
    }

    private void readAuthority(DerReader parts) throws DerException {
        if (parts.hasNext(Tag.context(0))) {
            authorityKey = identifier(parts.next().content());
        }
        if (parts.hasNext(Tag.constructed(1))) {
            DerReader names = parts.next().children();
            if (names.hasNext(Tag.constructed(4)) && parts.hasNext()) {
                int name = name(names.next().children().next(Tag.SEQUENCE));
                authoritySerial =
                        issuerAndSerial(name, parts.next(Tag.context(2)).content());
            }
        }
    }

    private void readConstraints(DerReader parts) throws DerException {
        authority = parts.hasNext(Tag.BOOLEAN) && parts.next().bool();
    }

    private void readUsage(BitSet usages) {
        barredFromSigning = !usages.get(KEY_CERT_SIGN);
    }

    private static int name(DerValue name) {
        return NameForm.of(name.encoded()).hashCode();
    }

    private static int identifier(byte[] octets) {
        int hash = Arrays.hashCode(octets);
        return hash == 0 ? 1 : hash;
    }

    private static int issuerAndSerial(int issuer, byte[] serial) {
        int hash = 31 * issuer + Arrays.hashCode(serial);
        return hash == 0 ? 1 : hash;
    }

    /** The SHA-1 of the key's bits (RFC 5280, 4.2.1.2, method 1), which names a key here and proves nothing. */
    private static int usualIdentifier(DerValue spki) {
        try {
            DerReader info = spki.children();
            info.next();
            DerValue bits = info.next(Tag.BIT_STRING);
            return bits.contentLength() == 0 ? 0 : identifier(sha1(bits.content(1)));
        } catch (DerException e) {
            // No key, so nothing that it could have signed.
            return 0;
        }
    }

    private static byte[] sha1(byte[] data) {
        try {
            return MessageDigest.getInstance("SHA-1").digest(data);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-1", e);
        }
    }

    /** Of the subject's name. */
    int subject() {
        return subject;
    }

    /** Of the issuer's name. */
    int issuer() {
        return issuer;
    }

    /** Of the public key. */
    int key() {
        return key;
    }

    /** Of the subject key identifier, or of the usual one if none is stated. */
    int keyIdentifier() {
        return keyIdentifier;
    }

    boolean isKeyIdentifierStated() {
        return keyIdentifierStated;
    }

    /** Of the key identifier that the issuer should have, or 0. */
    int authorityKey() {
        return authorityKey;
    }

    /** Of its issuer's name and its serial number. */
    int serialOfIssuer() {
        return serialOfIssuer;
    }

    /** Of the same two that the issuer's certificate should have, or 0. */
    int authoritySerial() {
        return authoritySerial;
    }

    /** Seconds since 1970. */
    long notBefore() {
        return notBefore;
    }

    /** Seconds since 1970. */
    long notAfter() {
        return notAfter;
    }

    boolean isAuthority() {
        return authority;
    }

    boolean isBarredFromSigning() {
        return barredFromSigning;
    }
}
