package dev.certkit.x509;

import dev.certkit.internal.der.DerException;
import dev.certkit.internal.der.DerReader;
import dev.certkit.internal.der.DerValue;
import dev.certkit.internal.der.Tag;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import javax.security.auth.x500.X500Principal;

/** Reads GeneralNames (RFC 5280, 4.2.1.6); a name that is malformed or of an unknown kind is kept verbatim. */
final class GeneralNameReader {
    private static final int MAX_NAMES = 1000;

    private GeneralNameReader() {}

    /** All that is left, at least one, whatever tag encloses them. */
    static List<GeneralName> all(DerReader each) throws DerException {
        List<GeneralName> names = new ArrayList<>();
        while (each.hasNext()) {
            if (names.size() == MAX_NAMES) {
                throw new DerException("more than " + MAX_NAMES + " names");
            }
            names.add(one(each.next()));
        }
        if (names.isEmpty()) {
            throw new DerException("a list of names is empty");
        }
        return List.copyOf(names);
    }

    static GeneralName one(DerValue name) throws DerException {
        try {
            return understood(name);
        } catch (DerException | IllegalArgumentException e) {
            return verbatim(name);
        }
    }

    private static GeneralName understood(DerValue name) throws DerException {
        if (name.is(Tag.context(1))) {
            return GeneralName.email(name.ia5Content());
        }
        if (name.is(Tag.context(2))) {
            return GeneralName.dns(name.ia5Content());
        }
        if (name.is(Tag.constructed(4))) {
            return directoryName(name.content());
        }
        if (name.is(Tag.context(6))) {
            return GeneralName.uri(URI.create(name.ia5Content()));
        }
        return name.is(Tag.context(7)) ? GeneralName.ip(name.content()) : verbatim(name);
    }

    private static GeneralName directoryName(byte[] name) {
        DistinguishedName verbatim = DistinguishedName.verbatim(name);
        X500Principal readable = verbatim.toPrincipal();
        return new GeneralName.DirectoryName(
                readable.getEncoded().length == name.length ? verbatim : DistinguishedName.of(readable));
    }

    private static GeneralName verbatim(DerValue name) throws DerException {
        try {
            return GeneralName.OtherName.verbatim(name.encoded());
        } catch (IllegalArgumentException e) {
            throw new DerException("a name has the tag " + name.tag() + ", which no kind of name has");
        }
    }
}
