package dev.certkit.lint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import dev.certkit.internal.der.Der;
import dev.certkit.internal.der.Tag;
import dev.certkit.samples.ForgedCertificate;
import dev.certkit.samples.ForgedCertificate.Field;
import dev.certkit.x509.CertificateExtensions;
import dev.certkit.x509.CertificateProfile;
import dev.certkit.x509.EncodedCertificate;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.function.ThrowingSupplier;

class LintProperties {
    private static final CertificateLint LINT =
            CertificateLint.publicTls().issuedAt(Instant.parse("2026-01-01T00:05:00Z"));
    private static final CertificateProfile PROFILE = CertificateProfile.tlsServer()
            .signedBy(CertificateProfile.Signer.ITSELF)
            .forOneServer();
    private static final EncodedCertificate SOUND =
            ForgedCertificate.authority().made();
    private static final List<EncodedCertificate> SAMPLES = LintSamples.broken().stream()
            .map(sample -> sample.certificate().made())
            .toList();

    private interface Reading {
        Object read() throws IOException;
    }

    /** Ends soon and without an exception, twice in the same way, whatever the certificate. */
    private static void lookAt(EncodedCertificate certificate) {
        assertEquals(soon(() -> LINT.check(certificate)), soon(() -> LINT.check(certificate)));
        soon(() -> LINT.check(certificate, SOUND));
        soon(() -> LINT.check(SOUND, certificate));
        assertEquals(soon(() -> PROFILE.check(certificate)), soon(() -> PROFILE.check(certificate)));
        soon(() -> {
            readAll(CertificateExtensions.of(certificate));
            return true;
        });
    }

    private static <T> T soon(ThrowingSupplier<T> work) {
        return assertTimeout(Duration.ofSeconds(1), work);
    }

    private static void readAll(CertificateExtensions extensions) {
        List<Reading> readings = List.of(
                extensions::keyUsages,
                extensions::purposes,
                extensions::basicConstraints,
                extensions::subjectKeyIdentifier,
                extensions::authorityKeyIdentifier,
                () -> extensions.subjectAlternativeNames().toString(),
                () -> extensions.authorityInformation().toString(),
                () -> extensions.crlDistributionPoints().toString(),
                () -> extensions.nameConstraints().toString(),
                extensions::policies,
                extensions::policyMappings,
                extensions::policyConstraints,
                extensions::inhibitAnyPolicy);
        for (Reading reading : readings) {
            try {
                assertNotNull(reading.read());
            } catch (IOException e) {
                assertEquals(IOException.class, e.getClass());
            }
        }
    }

    @Property(tries = 500)
    void aDamagedCertificateIsNoException(@ForAll long seed) {
        Random random = new Random(seed);
        byte[] der = SAMPLES.get(random.nextInt(SAMPLES.size())).encoded();
        for (int i = random.nextInt(4); i >= 0; i--) {
            der[random.nextInt(der.length)] = (byte) random.nextInt(256);
        }
        try {
            lookAt(EncodedCertificate.decode(der));
        } catch (IOException e) {
            // No certificate any more, which is somebody else's concern.
        }
    }

    @Provide
    Arbitrary<String> extensionTypes() {
        return Arbitraries.of(
                "2.5.29.14",
                "2.5.29.15",
                "2.5.29.17",
                "2.5.29.19",
                "2.5.29.30",
                "2.5.29.31",
                "2.5.29.32",
                "2.5.29.33",
                "2.5.29.35",
                "2.5.29.36",
                "2.5.29.37",
                "2.5.29.54",
                "1.3.6.1.5.5.7.1.1");
    }

    @Property(tries = 100)
    void anExtensionWithAnyOctetsIsNoException(@ForAll("extensionTypes") String oid, @ForAll byte[] value) {
        lookAt(ForgedCertificate.server().with(oid, true, value).made());
        lookAt(ForgedCertificate.server().with(oid, true, Der.sequence(value)).made());
    }

    @Property(tries = 40)
    void aFieldWithAnyOctetsIsNoException(@ForAll byte[] value) {
        for (Field field : List.of(Field.SUBJECT, Field.ISSUER, Field.KEY)) {
            lookAt(ForgedCertificate.server().with(field, Der.sequence(value)).made());
            lookAt(ForgedCertificate.server()
                    .with(field, Der.sequence(Der.set(Der.sequence(Der.oid("2.5.4.3"), value))))
                    .made());
        }
    }

    @Example
    void nestingWithoutEndIsNoStackOverflow() {
        byte[] indefinite = new byte[40_000];
        for (int i = 0; i < indefinite.length; i += 2) {
            indefinite[i] = 0x30;
            indefinite[i + 1] = (byte) 0x80;
        }
        byte[] deep = new byte[0];
        for (int i = 0; i < 5_000; i++) {
            deep = Der.sequence(deep);
        }
        for (byte[] hostile : List.of(indefinite, deep)) {
            for (Field field : List.of(Field.SUBJECT, Field.ISSUER, Field.KEY)) {
                byte[] oid = Der.oid("1.2.840.113549.1.1.10");
                lookAt(ForgedCertificate.server()
                        .with(field, Der.sequence(oid, hostile))
                        .made());
                lookAt(ForgedCertificate.server()
                        .with(field, Der.sequence(Der.set(Der.sequence(oid, hostile))))
                        .made());
            }
            for (String type : List.of(ForgedCertificate.NAMES, ForgedCertificate.NAME_CONSTRAINTS, "2.5.29.31")) {
                byte[] name = Der.sequence(Der.tagged(Tag.constructed(4), hostile));
                lookAt(ForgedCertificate.server().with(type, true, hostile).made());
                lookAt(ForgedCertificate.server().with(type, true, name).made());
            }
        }
    }

    @Example
    void sizeIsNoDelay() {
        BigInteger huge = BigInteger.ONE.shiftLeft(400_000).setBit(0);
        byte[] rsa = Der.sequence(Der.oid("1.2.840.113549.1.1.1"), Der.nullValue());
        for (BigInteger exponent : List.of(huge, BigInteger.valueOf(65_537))) {
            for (BigInteger modulus :
                    List.of(huge, BigInteger.ONE.shiftLeft(16_383).setBit(0))) {
                byte[] numbers = Der.sequence(Der.integer(modulus), Der.integer(exponent));
                lookAt(ForgedCertificate.server()
                        .with(Field.KEY, Der.sequence(rsa, Der.bitString(numbers)))
                        .algorithm(Der.sequence(Der.oid("1.2.840.113549.1.1.5"), Der.nullValue()))
                        .made());
            }
        }
        lookAt(ForgedCertificate.server()
                .with(Field.SERIAL, Der.integer(huge.negate()))
                .made());
        byte[] arcs = new byte[50_000];
        Arrays.fill(arcs, (byte) 0xFF);
        arcs[arcs.length - 1] = 1;
        byte[] purposes = Der.sequence(Der.tagged(Tag.OID, arcs));
        lookAt(ForgedCertificate.server()
                .with(ForgedCertificate.PURPOSES, false, purposes)
                .made());
        byte[] attribute = Der.set(Der.sequence(Der.oid("2.5.4.3"), Der.utf8("x\u202E".repeat(20))));
        byte[][] attributes = new byte[500][];
        Arrays.fill(attributes, attribute);
        lookAt(ForgedCertificate.server()
                .with(Field.SUBJECT, Der.sequence(attributes))
                .with(Field.ISSUER, Der.sequence(Arrays.copyOf(attributes, 499)))
                .made());
        byte[][] names = new byte[20_000][];
        Arrays.setAll(names, i -> ForgedCertificate.dns("xn--" + "a9".repeat(20) + i + ".*.fr"));
        lookAt(ForgedCertificate.server()
                .with(ForgedCertificate.NAMES, false, Der.sequence(names))
                .made());
    }
}
