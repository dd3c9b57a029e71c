package dev.certkit.trust;

import dev.certkit.internal.der.Der;
import dev.certkit.internal.der.DerException;
import dev.certkit.internal.der.DerReader;
import dev.certkit.internal.der.Tag;
import dev.certkit.x509.DistinguishedName;
import dev.certkit.x509.GeneralName;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The e-mail addresses of a subject, which constraints bind like alternative names (RFC 5280, 4.2.1.10). */
final class SubjectEmails {
    private static final String EMAIL_ADDRESS = "1.2.840.113549.1.9.1";

    private SubjectEmails() {}

    static List<GeneralName> of(DistinguishedName subject) {
        List<GeneralName> emails = new ArrayList<>();
        try {
            for (DerReader rdns = DerReader.single(subject.encoded(), Tag.SEQUENCE).children(); rdns.hasNext(); ) {
                for (DerReader attributes = rdns.next(Tag.SET).children(); attributes.hasNext(); ) {
                    DerReader attribute = attributes.next(Tag.SEQUENCE).children();
                    if (attribute.next(Tag.OID).oid().equals(EMAIL_ADDRESS)) {
                        emails.add(email(attribute.next().text()));
                    }
                }
            }
        } catch (DerException e) {
            // The name as a whole is compared and found wanting.
        }
        return emails;
    }

    private static GeneralName email(String address) {
        try {
            return GeneralName.email(address);
        } catch (IllegalArgumentException e) {
            byte[] octets = address.getBytes(StandardCharsets.UTF_8);
            return GeneralName.OtherName.verbatim(Der.tagged(Tag.context(1), octets));
        }
    }
}
