package dev.certkit.format;

import dev.certkit.format.EntryPairing.Label;
import dev.certkit.internal.der.Ber;
import dev.certkit.internal.der.DerException;
import dev.certkit.internal.der.DerReader;
import dev.certkit.internal.der.DerValue;
import dev.certkit.internal.der.Tag;
import dev.certkit.key.Passphrase;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** SafeContents (RFC 7292, 4.2) of one file, collected until keys and certificates can be paired. */
final class Pkcs12Bags {
    private final Decoding decoding;
    private final Passphrase passphrase;
    private final EntryPairing pairing = new EntryPairing();
    private final List<Pkcs12Secret> secrets = new ArrayList<>();
    private final List<String> leftOut = new ArrayList<>();

    Pkcs12Bags(Decoding decoding, Passphrase passphrase) {
        this.decoding = decoding;
        this.passphrase = passphrase;
    }

    void add(byte[] safeContents) throws DerException, MalformedEncodingException {
        // Not single(): some writers of the nineties pad what they encrypt.
        addAll(DerReader.of(safeContents).next(Tag.SEQUENCE).children());
    }

    private void addAll(DerReader bags) throws DerException, MalformedEncodingException {
        while (bags.hasNext()) {
            decoding.limits().checkItems(decoding.what(), pairing.size() + leftOut.size(), "items");
            DerReader bag = bags.next(Tag.SEQUENCE).children();
            add(bag.next().oid(), bag.next(Tag.constructed(0)), label(bag));
        }
    }

    private void add(String type, DerValue value, Label label) throws DerException, MalformedEncodingException {
        switch (type) {
            case Pkcs12Oids.KEY_BAG, Pkcs12Oids.SHROUDED_KEY_BAG -> pairing.key(label, key(value, label));
            case Pkcs12Oids.CERTIFICATE_BAG -> certificate(value.children().next(Tag.SEQUENCE), label);
            case Pkcs12Oids.SAFE_CONTENTS_BAG ->
                addAll(value.children().next(Tag.SEQUENCE).children());
            case Pkcs12Oids.CRL_BAG -> leftOut.add("a revocation list" + label);
            case Pkcs12Oids.SECRET_BAG -> {
                leftOut.add("a secret, for example a symmetric key" + label);
                Pkcs12Secret.read(label.name(), value, decoding).ifPresent(secrets::add);
            }
            default -> leftOut.add("an item of the type " + type + label);
        }
    }

    private PrivateKey key(DerValue value, Label label) throws MalformedEncodingException {
        Decoding part = decoding.at(decoding.what() + ", key" + label);
        return new PrivateKeyDecoder(part, passphrase).decode(value.content());
    }

    private void certificate(DerValue bag, Label label) throws DerException, MalformedEncodingException {
        DerReader fields = bag.children();
        String type = fields.next().oid();
        if (!type.equals(Pkcs12Oids.X509_CERTIFICATE)) {
            leftOut.add("a certificate of the type " + type + label);
            return;
        }
        byte[] der = Ber.octets(fields.next(Tag.constructed(0)).children().next());
        String what = decoding.what() + ", certificate" + label;
        pairing.certificate(label, new CertificateDecoder(what, decoding.limits()).decodeOne(der));
    }

    private static Label label(DerReader bag) throws DerException {
        String name = "";
        String keyId = "";
        DerReader all = bag.hasNext(Tag.SET) ? bag.next().children() : DerReader.of(new byte[0]);
        while (all.hasNext()) {
            DerReader attribute = all.next(Tag.SEQUENCE).children();
            String type = attribute.next().oid();
            DerReader values = attribute.next(Tag.SET).children();
            if (type.equals(Pkcs12Oids.FRIENDLY_NAME) && values.hasNext()) {
                // Malformed names are shown as far as they can be, they never cost the key.
                name = new String(values.next().content(), StandardCharsets.UTF_16BE);
            } else if (type.equals(Pkcs12Oids.LOCAL_KEY_ID) && values.hasNext()) {
                keyId = HexFormat.of().formatHex(values.next().content());
            }
        }
        return new Label(name, keyId);
    }

    Pkcs12 paired() {
        return pairing.paired(secrets, leftOut);
    }
}
