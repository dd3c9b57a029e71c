package dev.certkit.identity;

import dev.certkit.format.MalformedEncodingException;
import dev.certkit.internal.x509.Extensions;
import dev.certkit.internal.x509.GeneralNames;
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
record RequestWishes(DistinguishedName subject, Names names, Usages usages, Attributes attributes) {
    private static final int MAX_UNSTRUCTURED_NAME = 255;

    RequestWishes {
        Objects.requireNonNull(subject, "subject");
    }

    /** Alternative names, and whether they are all: then the common name is not added. */
    record Names(List<GeneralName> listed, boolean complete) {}

    /** What is said beside the extensions. */
    record Attributes(Optional<Passphrase> challenge, Optional<String> unstructuredName) {
        static final Attributes NONE = new Attributes(Optional.empty(), Optional.empty());
    }

    static RequestWishes of(DistinguishedName subject) {
        return new RequestWishes(subject, new Names(List.of(), false), Usages.NONE, Attributes.NONE);
    }

    static RequestWishes like(EncodedCertificate certificate) throws MalformedEncodingException {
        List<GeneralName> names = Usages.namesOf(certificate);
        return new RequestWishes(
                certificate.subject(), new Names(names, !names.isEmpty()), Usages.asking(certificate), Attributes.NONE);
    }

    RequestWishes plus(GeneralName... more) {
        List<GeneralName> all = new ArrayList<>(names.listed);
        all.addAll(Arrays.asList(more));
        return new RequestWishes(subject, new Names(List.copyOf(all), names.complete), usages, attributes);
    }

    RequestWishes usages(Usages changed) {
        return new RequestWishes(subject, names, changed, attributes);
    }

    RequestWishes challenge(@Nullable Passphrase secret) {
        return attributes(new Attributes(Optional.ofNullable(secret), attributes.unstructuredName));
    }

    private RequestWishes attributes(Attributes changed) {
        return new RequestWishes(subject, names, usages, changed);
    }

    RequestWishes unstructuredName(String name) {
        if (name.isEmpty() || name.length() > MAX_UNSTRUCTURED_NAME) {
            throw new IllegalArgumentException("name: " + name.length() + " characters; 1 to 255 are allowed");
        }
        if (name.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("name: it has control characters; remove them");
        }
        return attributes(new Attributes(attributes.challenge, Optional.of(name)));
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

    List<byte[]> encoded(List<GeneralName> allNames, PublicKey key) {
        Extensions extensions = usages.encoded(key).names(allNames, subject);
        List<byte[]> encoded = new ArrayList<>();
        attributes.challenge.map(RequestAttributes::challengePassword).ifPresent(encoded::add);
        attributes.unstructuredName.map(RequestAttributes::unstructuredName).ifPresent(encoded::add);
        if (!extensions.isEmpty()) {
            encoded.add(RequestAttributes.extensionRequest(extensions));
        }
        return encoded;
    }
}
