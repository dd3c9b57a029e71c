package dev.certkit.internal.x509;

import dev.certkit.internal.der.DerException;
import dev.certkit.internal.der.DerReader;
import dev.certkit.internal.der.Tag;
import dev.certkit.x509.DistinguishedName;
import dev.certkit.x509.GeneralName;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

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
            names.add(one(each.next().encoded()));
        }
        return List.copyOf(names);
    }

    private static GeneralName one(byte[] name) throws DerException {
        try {
            return GeneralName.decode(name);
        } catch (DerException e) {
            throw e;
        } catch (IOException e) {
            throw new DerException(String.valueOf(e.getMessage()));
        }
    }

    /**
     * The names of a certificate, each once: the common name first where it is a host name or an address and not listed,
     * since clients no longer look at the subject (RFC 9525, 2).
     */
    public static List<GeneralName> of(DistinguishedName subject, List<GeneralName> listed) {
        Set<GeneralName> names = new LinkedHashSet<>(listed);
        Optional<GeneralName> first = subject.commonName()
                .filter(commonName -> commonName.indexOf('.') > 0 || commonName.indexOf(':') >= 0)
                .flatMap(GeneralNames::hostOrAddress)
                .filter(name -> !names.contains(name));
        List<GeneralName> all = new ArrayList<>(names.size() + 1);
        first.ifPresent(all::add);
        all.addAll(names);
        return List.copyOf(all);
    }

    private static Optional<GeneralName> hostOrAddress(String commonName) {
        try {
            return Optional.of(GeneralName.of(commonName));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
