package dev.certkit.identity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.certkit.key.KeyType;
import dev.certkit.samples.SampleKeys;
import dev.certkit.x509.CertificateProfile;
import dev.certkit.x509.DistinguishedName;
import dev.certkit.x509.GeneralName;
import java.net.URI;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** A certificate is made before Java has read it, so whatever can be asked for must be readable. */
class SelfSignedProperties {
    private static final String VALUES = "abc XYZ019.-_,+\"\\<>;=#/*@:\u00E9\u00DF\u4E2D\u202E\u200B\u00A0\uD83D\uDD11";
    private static final String[] KEYWORDS = {
        "CN", "O", "OU", "L", "ST", "STREET", "UID", "title", "GN", "SN", "pseudonym", "1.2.3.4", "2.999.1", "2.5.4.97"
    };

    private static String value(Random random) {
        StringBuilder value = new StringBuilder("x");
        int[] points = VALUES.codePoints().toArray();
        for (int i = random.nextInt(20); i > 0; i--) {
            int point = points[random.nextInt(points.length)];
            if (",+\"\\<>;=#".indexOf(point) >= 0) {
                value.append('\\');
            }
            value.appendCodePoint(point);
        }
        return value.append('x').toString();
    }

    private static DistinguishedName name(Random random) {
        StringBuilder text = new StringBuilder("C=FR,DC=example,emailAddress=a@example.fr,serialNumber=42");
        Set<String> inOneRdn = new HashSet<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            String keyword = KEYWORDS[random.nextInt(KEYWORDS.length)];
            boolean joins = random.nextInt(3) == 0 && !inOneRdn.contains(keyword);
            if (!joins) {
                inOneRdn.clear();
            }
            inOneRdn.add(keyword);
            text.append(joins ? '+' : ',').append(keyword).append('=').append(value(random));
        }
        return DistinguishedName.parse(text.toString());
    }

    private static GeneralName alternative(Random random) {
        return switch (random.nextInt(7)) {
            case 0 -> GeneralName.dns("*.example.fr");
            case 1 -> GeneralName.of("2001:db8::1");
            case 2 -> GeneralName.email("a.b+c@example.fr");
            case 3 -> GeneralName.uri(URI.create("urn:x:" + random.nextInt(9)));
            case 4 -> GeneralName.uri(URI.create("spiffe://example.fr/a?b#c"));
            case 5 -> new GeneralName.DirectoryName(name(random));
            default -> GeneralName.dns("_sip._tcp.b\u00FCcher.example");
        };
    }

    private static GeneralName alternativeIfAllowed(Random random) {
        try {
            return alternative(random);
        } catch (IllegalArgumentException e) {
            return GeneralName.dns("a.example.fr");
        }
    }

    @Property(tries = 400)
    void whateverIsAskedForCanBeRead(@ForAll long seed) throws Exception {
        Random random = new Random(seed);
        DistinguishedName subject = name(random);
        Assume.that(!subject.isEmpty());
        GeneralName[] names = new GeneralName[random.nextInt(5)];
        for (int i = 0; i < names.length; i++) {
            names[i] = alternativeIfAllowed(random);
        }
        CertifiedKey made = CertifiedKey.selfSigned(subject)
                .san(names)
                .profile(random.nextBoolean() ? CertificateProfile.authority() : CertificateProfile.tlsServer())
                .with(SampleKeys.of(KeyType.EC_P256));
        assertArrayEquals(
                made.chain().encoded().get(0).encoded(), made.chain().leaf().getEncoded());
        assertEquals(subject, made.chain().subject());
        CertifiedKey.of(made.privateKey(), made.chain());
    }
}
