package dev.certkit.format;

import dev.certkit.internal.der.Ber;
import dev.certkit.internal.der.DerException;
import dev.certkit.internal.der.DerReader;
import dev.certkit.internal.der.DerValue;
import dev.certkit.internal.der.Tag;
import dev.certkit.key.Passphrase;
import java.util.ArrayList;
import java.util.List;

/** PFX (RFC 7292, 4) to its entries. */
final class Pkcs12Reader {
    private static final int VERSION = 3;

    private final Decoding decoding;
    private Passphrase passphrase;

    Pkcs12Reader(Decoding decoding, Passphrase passphrase) {
        this.decoding = decoding;
        this.passphrase = passphrase;
    }

    /** The caller has checked the size. */
    Pkcs12 decode(byte[] bytes) throws MalformedEncodingException {
        try {
            DerReader pfx = DerReader.single(definite(bytes), Tag.SEQUENCE).children();
            if (pfx.next().smallInteger() != VERSION) {
                throw decoding.malformed(
                        "it is no PKCS#12 file of version 3, the only one there is; give the .p12 or .pfx file that was exported");
            }
            byte[] content = dataOf(pfx.next(Tag.SEQUENCE));
            List<DerReader> safes = safes(content);
            if (pfx.hasNext()) {
                check(content, Pkcs12Mac.read(pfx.next(Tag.SEQUENCE).children(), decoding));
            }
            return entries(safes);
        } catch (DerException e) {
            throw MalformedEncodingException.damaged(
                    decoding.what(), e, "it is damaged, or no PKCS#12; export or copy it again");
        }
    }

    private byte[] definite(byte[] encoded) throws DerException {
        return Ber.toDefinite(encoded, decoding.limits().maxDepth());
    }

    private byte[] dataOf(DerValue contentInfo) throws DerException, MalformedEncodingException {
        DerReader info = contentInfo.children();
        String type = info.next().oid();
        if (!type.equals(Pkcs12Oids.DATA)) {
            throw decoding.malformed("its content is of the type " + type
                    + ", where only files protected by a passphrase are supported; export it so");
        }
        return Ber.octets(info.next(Tag.constructed(0)).children().next());
    }

    private List<DerReader> safes(byte[] content) throws DerException, MalformedEncodingException {
        List<DerReader> safes = new ArrayList<>();
        DerReader all = DerReader.single(definite(content), Tag.SEQUENCE).children();
        while (all.hasNext()) {
            decoding.limits().checkItems(decoding.what(), safes.size(), "contents");
            safes.add(all.next(Tag.SEQUENCE).children());
        }
        return safes;
    }

    private void check(byte[] content, Pkcs12Mac mac) throws DerException, MalformedEncodingException {
        if (mac.matches(content, passphrase, decoding)) {
            return;
        }
        // Windows and OpenSSL differ in what an empty passphrase is.
        Passphrase none = Passphrase.of("\0");
        if (passphrase.isEmpty() && mac.matches(content, none, decoding)) {
            passphrase = none;
            return;
        }
        throw opensAnything(content)
                ? decoding.malformed("the passphrase opens it, but its checksum is wrong:"
                        + " it was changed or damaged; get the file again")
                : decoding.locked("the passphrase is wrong; give the one that it was exported with");
    }

    /** Whether the passphrase decrypts any encrypted part, which tells damage from a wrong passphrase. */
    private boolean opensAnything(byte[] content) throws DerException, MalformedEncodingException {
        for (DerReader safe : safes(content)) {
            if (safe.next().oid().equals(Pkcs12Oids.ENCRYPTED_DATA) ? opens(() -> decrypted(safe)) : opensABag(safe)) {
                return true;
            }
        }
        return false;
    }

    private interface Attempt {
        Object run() throws DerException, MalformedEncodingException;
    }

    private static boolean opens(Attempt attempt) {
        try {
            attempt.run();
            return true;
        } catch (DerException | MalformedEncodingException e) {
            return false;
        }
    }

    private boolean opensABag(DerReader safe) {
        try {
            byte[] contents =
                    definite(Ber.octets(safe.next(Tag.constructed(0)).children().next()));
            DerReader bags = DerReader.of(contents).next(Tag.SEQUENCE).children();
            while (bags.hasNext()) {
                DerReader bag = bags.next(Tag.SEQUENCE).children();
                String type = bag.next().oid();
                DerValue value = bag.next(Tag.constructed(0));
                if (type.equals(Pkcs12Oids.SHROUDED_KEY_BAG) && opens(() -> decryptedKey(value))) {
                    return true;
                }
                if (type.equals(Pkcs12Oids.SECRET_BAG) && opensASecret(value)) {
                    return true;
                }
            }
        } catch (DerException e) {
            // damaged so that nothing behind it can be tried
        }
        return false;
    }

    private boolean opensASecret(DerValue bag) {
        return Pkcs12Secret.read("", bag, decoding)
                .filter(secret -> opens(() -> secret.open(passphrase)))
                .isPresent();
    }

    private byte[] decryptedKey(DerValue bag) throws DerException, MalformedEncodingException {
        DerReader sealed = bag.children().next(Tag.SEQUENCE).children();
        DerReader algorithm = sealed.next(Tag.SEQUENCE).children();
        byte[] encrypted = Ber.octets(sealed.next());
        return PassphraseCipher.open(algorithm, encrypted, new PassphraseCipher.Lock(decoding, passphrase));
    }

    private Pkcs12 entries(List<DerReader> safes) throws DerException, MalformedEncodingException {
        Pkcs12Bags bags = new Pkcs12Bags(decoding, passphrase);
        for (DerReader safe : safes) {
            String type = safe.next().oid();
            if (type.equals(Pkcs12Oids.ENCRYPTED_DATA)) {
                bags.add(decrypted(safe));
            } else if (type.equals(Pkcs12Oids.DATA)) {
                bags.add(definite(
                        Ber.octets(safe.next(Tag.constructed(0)).children().next())));
            } else {
                throw decoding.malformed("a part of it has the type " + type
                        + ", where only encryption with a passphrase is supported; export it so");
            }
        }
        return bags.paired();
    }

    private byte[] decrypted(DerReader safe) throws DerException, MalformedEncodingException {
        DerReader encryptedData =
                safe.next(Tag.constructed(0)).children().next(Tag.SEQUENCE).children();
        encryptedData.next(Tag.INTEGER);
        DerReader info = encryptedData.next(Tag.SEQUENCE).children();
        info.next(Tag.OID);
        DerReader algorithm = info.next(Tag.SEQUENCE).children();
        byte[] encrypted = Ber.octets(info.next());
        return definite(PassphraseCipher.open(algorithm, encrypted, new PassphraseCipher.Lock(decoding, passphrase)));
    }
}
