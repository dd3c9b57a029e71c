package dev.certkit.format;

import dev.certkit.internal.der.Der;
import dev.certkit.internal.der.Tag;
import dev.certkit.key.Passphrase;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Entries to PFX (RFC 7292, 4): the certificates encrypted as one, each key by itself, a checksum over both. */
final class Pkcs12Writer {
    private static final byte[] VERSION_3 = Der.integer(3);

    private final Pkcs12Profile profile;
    private final Passphrase passphrase;
    private final SecureRandom random;
    private final Pbes2.Sealer sealer;

    Pkcs12Writer(Pkcs12Profile profile, Passphrase passphrase, SecureRandom random) {
        this.profile = profile;
        this.passphrase = passphrase;
        this.random = random;
        this.sealer = new Pbes2.Sealer(passphrase, new Pbes2.Rounds(profile.rounds(), random));
    }

    byte[] encode(Pkcs12 content) {
        List<byte[]> safes = new ArrayList<>();
        List<byte[]> certificateBags = certificateBags(content);
        // where there are secrets, always a second part that tells whether the passphrase is right
        if (!certificateBags.isEmpty() || !content.writtenSecrets().isEmpty()) {
            safes.add(encryptedSafe(Der.sequence(certificateBags)));
        }
        List<byte[]> sealedBags = keyBags(content);
        sealedBags.addAll(secretBags(content));
        if (!sealedBags.isEmpty()) {
            safes.add(data(Der.sequence(sealedBags)));
        }
        byte[] authenticatedSafe = Der.sequence(safes);
        byte[] mac = Pkcs12Mac.write(authenticatedSafe, passphrase, new Pkcs12Mac.Strength(profile, random));
        return Der.sequence(VERSION_3, data(authenticatedSafe), mac);
    }

    private static byte[] data(byte[] content) {
        return Der.sequence(Der.oid(Pkcs12Oids.DATA), explicit(Der.octetString(content)));
    }

    private static byte[] explicit(byte[] value) {
        return Der.tagged(Tag.constructed(0), value);
    }

    private byte[] encryptedSafe(byte[] contents) {
        SealedContent sealed = sealed(contents);
        byte[] info = Der.sequence(
                Der.oid(Pkcs12Oids.DATA), sealed.algorithm(), Der.tagged(Tag.context(0), sealed.encrypted()));
        return Der.sequence(Der.oid(Pkcs12Oids.ENCRYPTED_DATA), explicit(Der.sequence(Der.integer(0), info)));
    }

    private SealedContent sealed(byte[] plain) {
        return profile.isLegacy()
                ? Pbes1.encryptLegacy(plain, passphrase, new Pbes2.Rounds(profile.rounds(), random))
                : sealer.seal(plain);
    }

    private List<byte[]> keyBags(Pkcs12 content) {
        List<byte[]> bags = new ArrayList<>();
        for (Pkcs12.KeyEntry entry : content.keys()) {
            byte[] pkcs8 = PrivateKeyInfo.of(entry.privateKey());
            byte[] sealed = sealed(pkcs8).asKeyInfo();
            Arrays.fill(pkcs8, (byte) 0);
            List<byte[]> attributes = named(entry.name());
            attributes.add(localKeyId(bags.size()));
            bags.add(bag(Pkcs12Oids.SHROUDED_KEY_BAG, sealed, attributes));
        }
        return bags;
    }

    private List<byte[]> secretBags(Pkcs12 content) {
        List<byte[]> bags = new ArrayList<>();
        for (Pkcs12Secret secret : content.writtenSecrets()) {
            byte[] info = secret.info();
            byte[] sealed = sealed(info).asKeyInfo();
            Arrays.fill(info, (byte) 0);
            byte[] value = Der.sequence(Der.oid(Pkcs12Oids.SHROUDED_KEY_BAG), explicit(Der.octetString(sealed)));
            bags.add(bag(Pkcs12Oids.SECRET_BAG, value, named(secret.name())));
        }
        return bags;
    }

    /** Issuers that several keys share are written once. */
    private List<byte[]> certificateBags(Pkcs12 content) {
        List<byte[]> bags = new ArrayList<>();
        Set<X509Certificate> issuers = new HashSet<>();
        for (int i = 0; i < content.keys().size(); i++) {
            Pkcs12.KeyEntry entry = content.keys().get(i);
            for (X509Certificate certificate : entry.certificates()) {
                if (certificate.equals(entry.certificates().get(0))) {
                    List<byte[]> attributes = named(entry.name());
                    attributes.add(localKeyId(i));
                    bags.add(certificateBag(certificate, attributes));
                } else if (issuers.add(certificate)) {
                    bags.add(certificateBag(certificate, new ArrayList<>()));
                }
            }
        }
        for (Pkcs12.CertificateEntry entry : content.certificates()) {
            List<byte[]> attributes = named(entry.name());
            if (profile.marksTrusted()) {
                attributes.add(attribute(Pkcs12Oids.JAVA_TRUSTED, Der.oid(Pkcs12Oids.ANY_PURPOSE)));
            }
            bags.add(certificateBag(entry.certificate(), attributes));
        }
        return bags;
    }

    private static byte[] certificateBag(X509Certificate certificate, List<byte[]> attributes) {
        try {
            byte[] value = Der.sequence(
                    Der.oid(Pkcs12Oids.X509_CERTIFICATE), explicit(Der.octetString(certificate.getEncoded())));
            return bag(Pkcs12Oids.CERTIFICATE_BAG, value, attributes);
        } catch (CertificateEncodingException e) {
            throw new IllegalArgumentException("certificate: cannot be encoded", e);
        }
    }

    private static byte[] bag(String oid, byte[] value, List<byte[]> attributes) {
        return attributes.isEmpty()
                ? Der.sequence(Der.oid(oid), explicit(value))
                : Der.sequence(Der.oid(oid), explicit(value), Der.setOf(attributes));
    }

    private static List<byte[]> named(String name) {
        List<byte[]> attributes = new ArrayList<>();
        if (!name.isEmpty()) {
            byte[] text = Der.tagged(Tag.BMP_STRING, name.getBytes(StandardCharsets.UTF_16BE));
            attributes.add(attribute(Pkcs12Oids.FRIENDLY_NAME, text));
        }
        return attributes;
    }

    /** Any number will do, if the key and its certificate have the same. */
    private static byte[] localKeyId(int index) {
        byte[] id = ByteBuffer.allocate(Integer.BYTES).putInt(index + 1).array();
        return attribute(Pkcs12Oids.LOCAL_KEY_ID, Der.octetString(id));
    }

    private static byte[] attribute(String oid, byte[] value) {
        return Der.sequence(Der.oid(oid), Der.set(value));
    }
}
