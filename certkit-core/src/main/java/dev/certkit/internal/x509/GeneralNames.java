package dev.certkit.internal.x509;

import dev.certkit.internal.der.DerException;
import dev.certkit.internal.der.DerReader;
import dev.certkit.internal.der.DerValue;
import dev.certkit.internal.der.Tag;
import dev.certkit.x509.DistinguishedName;
import dev.certkit.x509.GeneralName;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;

/** GeneralNames (RFC 5280, 4.2.1.6): reading them, and making the list that a subject deserves. */
public final class GeneralNames {
    private static final int MAX_NAMES = 1000;

    private GeneralNames() {}

    /** Reads GeneralNames; a name that is malformed or of an unknown kind is kept verbatim. */
    public static List<GeneralName> decode(byte[] generalNames) throws DerException {
        List<GeneralName> names = new ArrayList<>();
        DerReader each = DerReader.single(generalNames, Tag.SEQUENCE).children();
        while (each.hasNext()) {
            if (names.size() == MAX_NAMES) {
                throw new DerException("more than " + MAX_NAMES + " alternative names");
            }
            names.add(understood(each.next()));
        }
        return List.copyOf(names);
    }

    private static GeneralName understood(DerValue name) throws DerException {
        try {
            return decode(name);
        } catch (DerException | IllegalArgumentException e) {
            return verbatim(name);
        }
    }

    private static GeneralName decode(DerValue name) throws DerException {
        if (name.is(Tag.context(1))) {
            return GeneralName.email(name.ia5Content());
        }
        if (name.is(Tag.context(2))) {
            return GeneralName.dns(name.ia5Content());
        }
        if (name.is(Tag.constructed(4))) {
            return new GeneralName.DirectoryName(DistinguishedName.of(new X500Principal(name.content())));
        }
        if (name.is(Tag.context(6))) {
            return GeneralName.uri(URI.create(name.ia5Content()));
        }
        return name.is(Tag.context(7)) ? GeneralName.ip(name.content()) : verbatim(name);
    }

    private static GeneralName verbatim(DerValue name) throws DerException {
        try {
            return GeneralName.OtherName.verbatim(name.encoded());
        } catch (IllegalArgumentException e) {
            throw new DerException("an alternative name has the tag " + name.tag() + ", which no kind of name has");
        }
    }

    /**
     * The names of a certificate: the common name first where it is a host name or an address and not listed, since
     * clients no longer look at the subject (RFC 9525, 2).
     */
    public static List<GeneralName> of(DistinguishedName subject, List<GeneralName> listed) {
        return subject.commonName()
                .filter(commonName -> commonName.indexOf('.') > 0 || commonName.indexOf(':') >= 0)
                .flatMap(GeneralNames::hostOrAddress)
                .filter(name -> !listed.contains(name))
                .map(name -> {
                    List<GeneralName> names = new ArrayList<>(listed.size() + 1);
                    names.add(name);
                    names.addAll(listed);
                    return List.copyOf(names);
                })
                .orElse(listed);
    }

    private static Optional<GeneralName> hostOrAddress(String commonName) {
        try {
            return Optional.of(GeneralName.of(commonName));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
