package dev.certkit.identity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.format.MalformedEncodingException;
import dev.certkit.internal.der.Der;
import dev.certkit.key.CryptoProviders;
import dev.certkit.key.KeyType;
import dev.certkit.key.Passphrase;
import dev.certkit.key.SignatureAlgorithm;
import dev.certkit.samples.SampleKeys;
import dev.certkit.samples.SampleNames;
import dev.certkit.x509.CertificateProfile;
import dev.certkit.x509.DistinguishedName;
import java.io.IOException;
import java.security.KeyPair;
import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class RequestProperties {
    private static final KeyPair P256 = SampleKeys.of(KeyType.EC_P256);
    private static final byte[] VALID = CertificationRequest.forSubject(SampleNames.subject())
            .san(SampleNames.everyUsualKind())
            .challengePassword(Passphrase.of("s3cret"))
            .unstructuredName("r7")
            .profile(CertificateProfile.device8021x())
            .signedBy(P256)
            .request()
            .encoded();

    @Property(tries = 1000)
    void aDamagedRequestIsRefusedOrTheSame(
            @ForAll @IntRange(max = 2000) int place, @ForAll byte octet, @ForAll @IntRange(max = 3) int how) {
        byte[] damaged = VALID.clone();
        int at = place % damaged.length;
        if (how < 3) {
            damaged[at] = (byte) (how == 0 ? octet : damaged[at] ^ (1 << (octet & 7)));
        } else {
            damaged = Arrays.copyOf(damaged, at);
        }
        try {
            CertificationRequest read = CertificationRequest.decode(damaged);
            // What is outside the signed part has more than one encoding: unused bits, parameters of the algorithm.
            assertEquals(SampleNames.subject(), read.subject());
        } catch (MalformedEncodingException expected) {
            assertFalse(expected.reason().isEmpty());
        }
    }

    /** The signature holds, so that every decoder behind it sees the octets. */
    @Property(tries = 1000)
    void anythingInTheSignedPartIsReadOrRefused(@ForAll("fields") byte[] subject, @ForAll("fields") byte[] attributes) {
        byte[] info = Der.sequence(
                Der.integer(0),
                subject.length == 0 ? DistinguishedName.cn("a").encoded() : subject,
                P256.getPublic().getEncoded(),
                Der.tagged(0xA0, attributes));
        byte[] signature =
                CryptoProviders.standard().sign(SignatureAlgorithm.SHA256_WITH_ECDSA, P256.getPrivate(), info);
        byte[] der = Der.sequence(
                info, SignatureAlgorithm.SHA256_WITH_ECDSA.algorithmIdentifier(), Der.bitString(signature));
        try {
            CertificationRequest read = CertificationRequest.decode(der);
            assertArrayEquals(der, read.encoded());
            look(read);
        } catch (MalformedEncodingException expected) {
            assertFalse(expected.reason().isEmpty());
        }
    }

    private static void look(CertificationRequest read) {
        assertTrue(read.toString().chars().noneMatch(c -> c < ' '), read.toString());
        read.unstructuredName();
        read.attributeValues("1.2.3");
        try {
            read.requestedExtensions().keyUsages();
            read.requestedExtensions().purposes();
        } catch (IOException expected) {
            assertFalse(String.valueOf(expected.getMessage()).isEmpty());
        }
    }

    @Provide
    Arbitrary<byte[]> fields() {
        Arbitrary<byte[]> octets = Arbitraries.bytes().array(byte[].class).ofMaxSize(40);
        Arbitrary<String> oids = Arbitraries.of(
                "1.2.840.113549.1.9.7",
                "1.2.840.113549.1.9.14",
                "1.2.840.113549.1.9.2",
                "1.3.6.1.4.1.311.2.1.14",
                "1.2.3",
                "2.5.4.3");
        Arbitrary<byte[]> extensions = Combinators.combine(
                        Arbitraries.of("2.5.29.15", "2.5.29.17", "2.5.29.19", "2.5.29.37", "1.2.3"), octets)
                .as((oid, value) -> Der.sequence(Der.sequence(Der.oid(oid), Der.octetString(value))));
        Arbitrary<byte[]> values = Arbitraries.oneOf(
                octets,
                extensions,
                octets.map(Der::octetString),
                Arbitraries.strings().map(Der::utf8));
        Arbitrary<byte[]> attributes =
                Combinators.combine(oids, values).as((oid, value) -> Der.sequence(Der.oid(oid), Der.set(value)));
        Arbitrary<byte[]> names = Combinators.combine(oids, values)
                .as((oid, value) -> Der.sequence(Der.set(Der.sequence(Der.oid(oid), value))));
        return Arbitraries.oneOf(octets, attributes, names);
    }
}
