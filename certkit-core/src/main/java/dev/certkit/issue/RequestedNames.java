package dev.certkit.issue;

import dev.certkit.identity.CertificationRequest;
import dev.certkit.internal.der.DerException;
import dev.certkit.internal.x509.GeneralNames;
import dev.certkit.internal.x509.NameAttributes;
import dev.certkit.x509.GeneralName;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Every name by which somebody could recognise who gets the certificate. */
final class RequestedNames {
    private final Set<GeneralName> names;
    private final List<String> unreadable;

    private RequestedNames(Set<GeneralName> names, List<String> unreadable) {
        this.names = names;
        this.unreadable = unreadable;
    }

    static RequestedNames of(CertificationRequest request) throws DerException {
        Set<GeneralName> names =
                new LinkedHashSet<>(GeneralNames.of(request.subject(), request.subjectAlternativeNames()));
        RequestedNames all = new RequestedNames(names, new ArrayList<>());
        for (String address : NameAttributes.texts(request.subject(), NameAttributes.EMAIL_ADDRESS)) {
            all.add(address, email(address));
        }
        // Where no host is named, programs take any common name for one.
        boolean alone = names.stream().noneMatch(GeneralName.Dns.class::isInstance);
        for (String commonName : NameAttributes.texts(request.subject(), NameAttributes.COMMON_NAME)) {
            boolean like = commonName.indexOf('.') >= 0 || commonName.indexOf(':') >= 0;
            Optional<GeneralName> host = host(commonName);
            if (host.isPresent() ? alone || like : like && commonName.indexOf(' ') < 0) {
                all.add(commonName, host);
            }
        }
        return all;
    }

    private void add(String text, Optional<GeneralName> name) {
        name.ifPresentOrElse(names::add, () -> unreadable.add(text));
    }

    private static Optional<GeneralName> email(String address) {
        try {
            return Optional.of(GeneralName.email(address));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<GeneralName> host(String commonName) {
        try {
            return Optional.of(GeneralName.of(commonName));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    Set<GeneralName> names() {
        return names;
    }

    /** Whether the subject has something in place of a host or an address that is none. */
    boolean hasUnreadable() {
        return !unreadable.isEmpty();
    }
}
