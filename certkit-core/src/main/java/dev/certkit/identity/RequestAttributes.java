package dev.certkit.identity;

import dev.certkit.internal.der.Der;
import dev.certkit.internal.der.DerException;
import dev.certkit.internal.der.DerReader;
import dev.certkit.internal.der.Tag;
import dev.certkit.internal.x509.Extensions;
import dev.certkit.internal.x509.GeneralNames;
import dev.certkit.internal.x509.Oids;
import dev.certkit.key.Passphrase;
import dev.certkit.x509.GeneralName;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The attributes of a request (RFC 2986, 4.1; RFC 2985, 5.4). */
final class RequestAttributes {
    /** Where older Windows clients put their extensions. */
    private static final String MICROSOFT_EXTENSIONS = "1.3.6.1.4.1.311.2.1.14";

    private static final Pattern PRINTABLE = Pattern.compile("[A-Za-z0-9 '()+,./:=?-]*");

    private Optional<Passphrase> challengePassword = Optional.empty();
    private List<GeneralName> names = List.of();
    private boolean asksForAuthority;

    private RequestAttributes() {}

    static byte[] encode(List<byte[]> attributes) {
        byte[] sorted = Der.setOf(attributes);
        // The SET OF has the implicit tag [0], which replaces the first octet.
        sorted[0] = (byte) Tag.constructed(0);
        return sorted;
    }

    static byte[] challengePassword(Passphrase challenge) {
        byte[] text = challenge.use(chars -> {
            String value = new String(chars);
            return PRINTABLE.matcher(value).matches() ? Der.printable(value) : Der.utf8(value);
        });
        return Der.sequence(Der.oid(Oids.CHALLENGE_PASSWORD), Der.set(text));
    }

    static byte[] extensionRequest(Extensions extensions) {
        return Der.sequence(Der.oid(Oids.EXTENSION_REQUEST), Der.set(extensions.encoded()));
    }

    static RequestAttributes decode(DerReader each) throws DerException {
        RequestAttributes attributes = new RequestAttributes();
        while (each.hasNext()) {
            DerReader attribute = each.next(Tag.SEQUENCE).children();
            attributes.read(
                    attribute.next(Tag.OID).oid(), attribute.next(Tag.SET).children());
        }
        return attributes;
    }

    private void read(String oid, DerReader values) throws DerException {
        if (oid.equals(Oids.CHALLENGE_PASSWORD)) {
            if (challengePassword.isPresent()) {
                throw new DerException("it has two challenge passwords");
            }
            challengePassword = Optional.of(Passphrase.of(values.next().text()));
            values.end();
        } else if (oid.equals(Oids.EXTENSION_REQUEST) || oid.equals(MICROSOFT_EXTENSIONS)) {
            byte[] extensions = values.next(Tag.SEQUENCE).encoded();
            Optional<byte[]> alternative = Extensions.find(extensions, Oids.SUBJECT_ALTERNATIVE_NAME);
            if (alternative.isPresent()) {
                names = GeneralNames.decode(alternative.get());
            }
            Optional<byte[]> constraints = Extensions.find(extensions, Oids.BASIC_CONSTRAINTS);
            asksForAuthority |= constraints.isPresent() && isAuthority(constraints.get());
        }
    }

    private static boolean isAuthority(byte[] basicConstraints) throws DerException {
        DerReader fields = DerReader.single(basicConstraints, Tag.SEQUENCE).children();
        return fields.hasNext(Tag.BOOLEAN) && fields.next().bool();
    }

    Optional<Passphrase> challengePassword() {
        return challengePassword;
    }

    List<GeneralName> names() {
        return names;
    }

    boolean asksForAuthority() {
        return asksForAuthority;
    }
}
