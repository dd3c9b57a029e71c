package dev.certkit.trust;

import dev.certkit.internal.der.Der;
import dev.certkit.internal.der.DerException;
import dev.certkit.internal.der.DerReader;
import dev.certkit.internal.der.DerValue;
import dev.certkit.internal.der.NameForm;
import dev.certkit.internal.der.Tag;
import dev.certkit.x509.DistinguishedName;
import dev.certkit.x509.GeneralName;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** All names that constraints bind: the alternative names, the subject, and the mailboxes that stand elsewhere. */
final class CertificateNames {
    private static final String EMAIL_ADDRESS = "1.2.840.113549.1.9.1";
    /** RFC 9598, 3. */
    private static final String SMTP_UTF8_MAILBOX = "1.3.6.1.5.5.7.8.9";

    private final List<ConstrainedName> names = new ArrayList<>();

    private CertificateNames() {}

    static List<ConstrainedName> of(List<GeneralName> alternatives, DistinguishedName subject, NameForm form) {
        CertificateNames all = new CertificateNames();
        for (GeneralName name : alternatives) {
            all.names.add(ConstrainedName.of(name));
            all.internationalMailbox(name);
        }
        if (all.names.stream().noneMatch(name -> name.kind() == ConstrainedName.EMAIL)) {
            all.mailboxesOf(subject);
        }
        if (!form.isEmpty()) {
            GeneralName name = new GeneralName.DirectoryName(subject);
            all.names.add(new ConstrainedName(ConstrainedName.DIRECTORY, name, ConstrainedName.directory(form)));
        }
        return List.copyOf(all.names);
    }

    /** Constraints on mailboxes bind those that are not ASCII, too (RFC 9598, 6). */
    private void internationalMailbox(GeneralName name) {
        try {
            DerValue other = DerReader.of(name.encoded()).next();
            if (other.is(Tag.constructed(0))) {
                DerReader fields = other.children();
                if (fields.next(Tag.OID).oid().equals(SMTP_UTF8_MAILBOX)) {
                    mailbox(
                            name,
                            fields.next(Tag.constructed(0))
                                    .children()
                                    .next(Tag.UTF8_STRING)
                                    .text());
                }
            }
        } catch (DerException e) {
            unreadableMailbox(name);
        }
    }

    /** E-mail addresses that stand in the subject only (RFC 5280, 4.2.1.10). */
    private void mailboxesOf(DistinguishedName subject) {
        try {
            for (DerReader rdns =
                            DerReader.single(subject.encoded(), Tag.SEQUENCE).children();
                    rdns.hasNext(); ) {
                for (DerReader attributes = rdns.next(Tag.SET).children(); attributes.hasNext(); ) {
                    DerReader attribute = attributes.next(Tag.SEQUENCE).children();
                    if (attribute.next(Tag.OID).oid().equals(EMAIL_ADDRESS)) {
                        String address = attribute.next().text();
                        byte[] octets = address.getBytes(StandardCharsets.UTF_8);
                        mailbox(GeneralName.OtherName.verbatim(Der.tagged(Tag.context(1), octets)), address);
                    }
                }
            }
        } catch (DerException e) {
            unreadableMailbox(new GeneralName.DirectoryName(subject));
        }
    }

    private void mailbox(GeneralName name, String address) {
        names.add(new ConstrainedName(ConstrainedName.EMAIL, name, ConstrainedName.mailbox(address)));
    }

    private void unreadableMailbox(GeneralName name) {
        names.add(new ConstrainedName(ConstrainedName.EMAIL, name, new ConstrainedName.Unreadable()));
    }
}
