package dev.certkit.format;

import dev.certkit.internal.der.Ber;
import dev.certkit.internal.der.DerException;
import dev.certkit.internal.der.DerReader;
import dev.certkit.internal.der.DerValue;
import dev.certkit.internal.der.Nesting;
import dev.certkit.key.Passphrase;
import java.io.ByteArrayInputStream;
import java.security.PrivateKey;
import java.security.cert.CRLException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import org.jspecify.annotations.Nullable;

/** DER or BER values, one after the other, to what they are. */
final class DerSorter {
    private static final int INDEFINITE = 0x80;

    private final Decoding decoding;
    private final @Nullable Passphrase passphrase;
    private final Findings findings;

    DerSorter(Decoding decoding, @Nullable Passphrase passphrase, Findings findings) {
        this.decoding = decoding;
        this.passphrase = passphrase;
        this.findings = findings;
    }

    /** Whether the bytes are one or more values and nothing is missing. */
    static boolean isWhole(byte[] bytes) {
        try {
            DerReader values = DerReader.of(bytes);
            boolean any = values.hasNext();
            while (values.hasNext()) {
                values.next();
            }
            return any;
        } catch (DerException e) {
            return false;
        }
    }

    void values(byte[] bytes, String place) throws MalformedEncodingException {
        byte[] definite = bytes;
        if (bytes.length > 1 && (bytes[1] & 0xFF) == INDEFINITE) {
            try {
                definite = Ber.toDefinite(bytes, decoding.limits().maxDepth());
            } catch (DerException e) {
                findings.stray(place, "it is cut off or damaged: " + e.getMessage() + "; copy or export it again");
                return;
            }
        }
        each(definite, place);
    }

    private void each(byte[] bytes, String place) throws MalformedEncodingException {
        DerReader values = DerReader.of(bytes);
        int number = 0;
        int at = 0;
        while (values.hasNext()) {
            number++;
            String where = number == 1 ? place : place + ", value " + number + " at octet " + at;
            DerValue value;
            try {
                value = values.next();
            } catch (DerException e) {
                findings.stray(
                        where, "it is cut off, damaged or no ASN.1: " + e.getMessage() + "; copy or export it again");
                return;
            }
            at += value.encodedLength();
            value(value, where);
        }
    }

    private void value(DerValue value, String place) throws MalformedEncodingException {
        byte[] der;
        try {
            der = Ber.toDefinite(value.encoded(), decoding.limits().maxDepth());
        } catch (DerException e) {
            findings.stray(place, e.getMessage() + "; copy or export it again");
            return;
        }
        DerKind kind = DerKind.of(value);
        switch (kind) {
            case CERTIFICATE -> certificate(der, place);
            case REQUEST -> findings.request(der);
            case REVOCATION_LIST -> revocationList(der, place);
            case PRIVATE_KEY -> key(der, place);
            case PKCS7 -> pkcs7(der, place);
            case PKCS12 -> pkcs12(der, place);
            default -> findings.stray(place, kind.words());
        }
    }

    private void certificate(byte[] der, String place) throws MalformedEncodingException {
        X509Certificate certificate;
        try {
            certificate = new CertificateDecoder(place, decoding.limits()).decodeOne(der);
        } catch (MalformedEncodingException e) {
            findings.failure(e);
            return;
        }
        findings.certificate(certificate);
    }

    private void revocationList(byte[] der, String place) throws MalformedEncodingException {
        X509CRL list;
        try {
            Nesting.check(der, decoding.limits().maxDepth());
            list = (X509CRL) CertificateFactory.getInstance("X.509").generateCRL(new ByteArrayInputStream(der));
        } catch (CRLException | CertificateException | DerException | RuntimeException e) {
            findings.stray(place, "a damaged revocation list; fetch it again");
            return;
        }
        findings.revocationList(list);
    }

    private void key(byte[] der, String place) throws MalformedEncodingException {
        PrivateKey key;
        try {
            key = new PrivateKeyDecoder(decoding.at(place), passphrase).decode(der);
        } catch (MalformedEncodingException e) {
            findings.failure(e);
            return;
        }
        findings.key(key);
    }

    private void pkcs7(byte[] der, String place) throws MalformedEncodingException {
        SignedBag bag;
        try {
            bag = SignedBag.of(DerReader.of(der).next().children(), place);
        } catch (MalformedEncodingException e) {
            findings.failure(e);
            return;
        } catch (DerException e) {
            findings.stray(place, "a damaged PKCS#7 bag: " + e.getMessage() + "; export it again");
            return;
        }
        if (bag.certificates().isEmpty() && bag.revocationLists().isEmpty()) {
            findings.stray(place, "a PKCS#7 bag without certificates");
        }
        int number = 0;
        for (DerValue each : bag.certificates()) {
            certificate(each.encoded(), place + ", PKCS#7 certificate " + ++number);
        }
        for (DerValue each : bag.revocationLists()) {
            revocationList(each.encoded(), place + ", PKCS#7 revocation list");
        }
    }

    private void pkcs12(byte[] der, String place) throws MalformedEncodingException {
        Decoding file = decoding.at(place + ", PKCS#12");
        Pkcs12 content;
        try {
            content = new Pkcs12Reader(file, passphrase == null ? Passphrase.of("") : passphrase).decode(der);
        } catch (MalformedEncodingException e) {
            if (passphrase == null && e.needsPassphrase()) {
                findings.locked(file.what(), "it is encrypted; give its passphrase");
            } else {
                findings.failure(e);
            }
            return;
        }
        for (Pkcs12.KeyEntry entry : content.keys()) {
            findings.key(entry.privateKey(), entry.name());
        }
        for (X509Certificate certificate : content.allCertificates().toList()) {
            findings.certificate(certificate);
        }
        for (String other : content.leftOut()) {
            findings.stray(file.what(), other);
        }
    }
}
