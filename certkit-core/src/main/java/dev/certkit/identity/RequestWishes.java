package dev.certkit.identity;

import dev.certkit.format.MalformedEncodingException;
import dev.certkit.internal.der.Der;
import dev.certkit.internal.x509.Extensions;
import dev.certkit.internal.x509.GeneralNames;
import dev.certkit.internal.x509.Oids;
import dev.certkit.key.Passphrase;
import dev.certkit.x509.DistinguishedName;
import dev.certkit.x509.EncodedCertificate;
import dev.certkit.x509.GeneralName;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a draft of a request asks for. */
record RequestWishes(
        DistinguishedName subject,
        Names names,
        @Nullable Passphrase challenge,
        Usages usages,
        Optional<String> unstructuredName) {
    private static final int MAX_UNSTRUCTURED_NAME = 255;

    RequestWishes {
        Objects.requireNonNull(subject, "subject");
    }

    /** Alternative names, and whether they are all: then the common name is not added. */
    record Names(List<GeneralName> listed, boolean complete) {}

    static RequestWishes of(DistinguishedName subject) {
        return new RequestWishes(subject, new Names(List.of(), false), null, Usages.NONE, Optional.empty());
    }

    static RequestWishes like(EncodedCertificate certificate) throws MalformedEncodingException {
        List<GeneralName> names = Usages.namesOf(certificate);
        return new RequestWishes(
                certificate.subject(),
                new Names(names, !names.isEmpty()),
                null,
                Usages.asking(certificate),
                Optional.empty());
    }

    RequestWishes plus(GeneralName... more) {
        List<GeneralName> all = new ArrayList<>(names.listed);
        all.addAll(Arrays.asList(more));
        return new RequestWishes(
                subject, new Names(List.copyOf(all), names.complete), challenge, usages, unstructuredName);
    }

    RequestWishes challenge(@Nullable Passphrase secret) {
        return new RequestWishes(subject, names, secret, usages, unstructuredName);
    }

    RequestWishes usages(Usages changed) {
        return new RequestWishes(subject, names, challenge, changed, unstructuredName);
    }

    RequestWishes unstructuredName(String name) {
        if (name.isEmpty() || name.length() > MAX_UNSTRUCTURED_NAME) {
            throw new IllegalArgumentException("name: " + name.length() + " characters; 1 to 255 are allowed");
        }
        if (name.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("name: it has control characters; remove them");
        }
        return new RequestWishes(subject, names, challenge, usages, Optional.of(name));
    }

    /** Each once, the common name first where it belongs there. */
    List<GeneralName> allNames() {
        List<GeneralName> all = names.complete
                ? List.copyOf(new LinkedHashSet<>(names.listed))
                : GeneralNames.of(subject, names.listed);
        if (subject.isEmpty() && all.isEmpty()) {
            throw new IllegalArgumentException("subject: it is empty and there is no alternative name; give one");
        }
        return all;
    }

    List<byte[]> attributes(List<GeneralName> allNames, PublicKey key) {
        Extensions extensions = usages.encoded(key).names(allNames, subject);
        List<byte[]> attributes = new ArrayList<>();
        if (challenge != null) {
            attributes.add(RequestAttributes.challengePassword(challenge));
        }
        unstructuredName.ifPresent(name -> attributes.add(RequestAttributes.attribute(
                Oids.UNSTRUCTURED_NAME,
                name.chars().allMatch(c -> c < 0x80) ? Der.ia5(name) : RequestAttributes.directoryString(name))));
        if (!extensions.isEmpty()) {
            attributes.add(RequestAttributes.extensionRequest(extensions));
        }
        return attributes;
    }
}
