package dev.certkit.format;

import dev.certkit.internal.der.DerException;
import dev.certkit.internal.der.DerReader;
import dev.certkit.internal.der.Tag;
import dev.certkit.key.Passphrase;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Java's own key store of before 2017, JKS.
 *
 * <p>Read here because the JDK's reader hands certificates unbounded to a parser that recurses, tells damage and wrong
 * passphrase apart by message only, and gives nothing at all where only one of the two passphrases is wrong.
 */
final class JavaKeyStore {
    private static final String PROTECTION = "1.3.6.1.4.1.42.2.17.1.1";
    private static final byte[] WHITENING = "Mighty Aphrodite".getBytes(StandardCharsets.US_ASCII);
    private static final int DIGEST_LENGTH = 20;

    private final Decoding decoding;
    private final @Nullable Passphrase passphrase;
    private final Findings findings;

    JavaKeyStore(Decoding decoding, @Nullable Passphrase passphrase, Findings findings) {
        this.decoding = decoding;
        this.passphrase = passphrase;
        this.findings = findings;
    }

    static boolean isOne(byte[] bytes) {
        return bytes.length > 12
                && bytes[0] == (byte) 0xFE
                && bytes[1] == (byte) 0xED
                && bytes[2] == (byte) 0xFE
                && bytes[3] == (byte) 0xED;
    }

    void read(byte[] bytes) throws MalformedEncodingException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        try {
            in.skipBytes(Integer.BYTES);
            int version = in.readInt();
            int count = in.readInt();
            if (version < 1 || version > 2 || count < 0) {
                findings.stray(decoding.what(), "its version is " + version + ", where 1 and 2 are known");
                return;
            }
            for (int i = 0; i < count; i++) {
                entry(in, version);
            }
            checkDigest(bytes, in.available());
        } catch (MalformedEncodingException e) {
            throw e;
        } catch (IOException e) {
            findings.stray(decoding.what(), "it is cut off or damaged; copy it again");
        }
    }

    private void entry(DataInputStream in, int version) throws IOException {
        int tag = in.readInt();
        String alias = in.readUTF();
        String name = " '" + PlainText.shown(alias) + "'";
        in.readLong();
        if (tag == 1) {
            key(octets(in), alias, decoding.what() + ", key" + name);
            int chain = in.readInt();
            for (int i = 0; i < chain; i++) {
                certificate(in, version, decoding.what() + ", certificate of key" + name);
            }
        } else if (tag == 2) {
            certificate(in, version, decoding.what() + ", certificate" + name);
        } else {
            throw new IOException("an entry of the kind " + tag);
        }
    }

    private static byte[] octets(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > in.available()) {
            throw new IOException("a length of " + length);
        }
        return in.readNBytes(length);
    }

    private void certificate(DataInputStream in, int version, String place) throws IOException {
        String type = version == 1 ? "X.509" : in.readUTF();
        byte[] der = octets(in);
        X509Certificate certificate;
        try {
            if (!type.equals("X.509")) {
                throw new MalformedEncodingException(place, "a certificate of another kind than X.509");
            }
            certificate = new CertificateDecoder(place, decoding.limits()).decodeOne(der);
        } catch (MalformedEncodingException e) {
            findings.failure(e);
            return;
        }
        findings.certificate(certificate);
    }

    private void key(byte[] protectedKey, String alias, String place) throws MalformedEncodingException {
        PrivateKey key;
        try {
            key = new PrivateKeyDecoder(decoding.at(place), null).decode(recovered(protectedKey, place));
        } catch (DerException e) {
            findings.stray(place, "it is damaged: " + e.getMessage());
            return;
        } catch (MalformedEncodingException e) {
            findings.failure(e);
            return;
        }
        findings.key(key, alias);
    }

    /** Salt, key under a stream of chained SHA-1, check value. */
    private byte[] recovered(byte[] protectedKey, String place) throws DerException, MalformedEncodingException {
        DerReader info = DerReader.single(protectedKey, Tag.SEQUENCE).children();
        String oid = info.next(Tag.SEQUENCE).children().next().oid();
        byte[] sealed = info.next(Tag.OCTET_STRING).octets();
        if (!oid.equals(PROTECTION) || sealed.length < 2 * DIGEST_LENGTH) {
            throw new MalformedEncodingException(place, "its protection, " + oid + ", is not that of JKS");
        }
        if (passphrase == null) {
            throw MalformedEncodingException.locked(place, "it is encrypted; give its passphrase");
        }
        byte[] plain = Arrays.copyOfRange(sealed, DIGEST_LENGTH, sealed.length - DIGEST_LENGTH);
        byte[] mask = Arrays.copyOf(sealed, DIGEST_LENGTH);
        for (int i = 0; i < plain.length; i++) {
            if (i % DIGEST_LENGTH == 0) {
                mask = digest(mask);
            }
            plain[i] ^= mask[i % DIGEST_LENGTH];
        }
        byte[] check = Arrays.copyOfRange(sealed, sealed.length - DIGEST_LENGTH, sealed.length);
        if (!MessageDigest.isEqual(check, digest(plain))) {
            throw MalformedEncodingException.locked(place, "the passphrase is wrong");
        }
        return plain;
    }

    private void checkDigest(byte[] bytes, int left) throws MalformedEncodingException {
        if (left != DIGEST_LENGTH) {
            findings.stray(decoding.what(), "its checksum is cut off, or something follows it; copy it again");
        } else if (passphrase != null) {
            byte[] content = Arrays.copyOf(bytes, bytes.length - DIGEST_LENGTH);
            byte[] salted = new byte[WHITENING.length + content.length];
            System.arraycopy(WHITENING, 0, salted, 0, WHITENING.length);
            System.arraycopy(content, 0, salted, WHITENING.length, content.length);
            byte[] check = Arrays.copyOfRange(bytes, bytes.length - DIGEST_LENGTH, bytes.length);
            if (!MessageDigest.isEqual(check, digest(salted))) {
                findings.stray(
                        decoding.what(),
                        "its checksum does not fit: the store has another passphrase,"
                                + " or it was changed; its certificates are not vouched for");
            }
        }
    }

    /** SHA-1 of the passphrase in UTF-16 and the octets. */
    private byte[] digest(byte[] octets) {
        byte[] text = Objects.requireNonNull(passphrase).use(Pkcs12Derivation::utf16);
        try {
            MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
            sha1.update(text);
            return sha1.digest(octets);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-1", e);
        } finally {
            Arrays.fill(text, (byte) 0);
        }
    }
}
