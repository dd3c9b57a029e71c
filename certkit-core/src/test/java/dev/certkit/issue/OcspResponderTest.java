package dev.certkit.issue;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.identity.CertificationRequest;
import dev.certkit.identity.CertifiedKey;
import dev.certkit.internal.der.Der;
import dev.certkit.key.KeyType;
import dev.certkit.samples.SampleKeys;
import dev.certkit.samples.SamplePki;
import dev.certkit.x509.CertificateProfile;
import dev.certkit.x509.DistinguishedName;
import dev.certkit.x509.EncodedCertificate;
import dev.certkit.x509.ExtendedKeyUsage;
import dev.certkit.x509.RevocationReason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.oiw.OIWObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cert.ocsp.BasicOCSPResp;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.bouncycastle.cert.ocsp.OCSPReqBuilder;
import org.bouncycastle.cert.ocsp.OCSPResp;
import org.bouncycastle.cert.ocsp.RevokedStatus;
import org.bouncycastle.cert.ocsp.SingleResp;
import org.bouncycastle.cert.ocsp.UnknownStatus;
import org.bouncycastle.operator.bc.BcDigestCalculatorProvider;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Asked and read by another library. */
class OcspResponderTest extends AuthorityFixture {
    private static final KeyPair DELEGATE = SampleKeys.otherOf(KeyType.ED25519);
    private X509Certificate certificate;
    private OcspResponder responder;

    @BeforeEach
    void issue() throws Exception {
        certificate = leaf(authority.issue(request()));
        responder = OcspResponder.of(authority);
    }

    private CertificateID id(ASN1ObjectIdentifier hash, BigInteger serial) throws Exception {
        return new CertificateID(
                new BcDigestCalculatorProvider().get(new AlgorithmIdentifier(hash)),
                new JcaX509CertificateHolder(authority.authority().chain().leaf()),
                serial);
    }

    private CertificateID id(BigInteger serial) throws Exception {
        return id(OIWObjectIdentifiers.idSHA1, serial);
    }

    private static byte[] asking(CertificateID... ids) throws Exception {
        OCSPReqBuilder builder = new OCSPReqBuilder();
        for (CertificateID each : ids) {
            builder.addRequest(each);
        }
        return builder.build().getEncoded();
    }

    private byte[] asking(Extension extension) throws Exception {
        return new OCSPReqBuilder()
                .addRequest(id(certificate.getSerialNumber()))
                .setRequestExtensions(new Extensions(extension))
                .build()
                .getEncoded();
    }

    private static Extension nonce(byte[] value) throws IOException {
        return new Extension(OCSPObjectIdentifiers.id_pkix_ocsp_nonce, false, new DEROctetString(value).getEncoded());
    }

    private static int failure(byte[] answer) throws Exception {
        OCSPResp response = new OCSPResp(answer);
        assertNull(response.getResponseObject());
        return response.getStatus();
    }

    private static BasicOCSPResp basic(byte[] answer) throws Exception {
        OCSPResp response = new OCSPResp(answer);
        assertEquals(OCSPResp.SUCCESSFUL, response.getStatus());
        return (BasicOCSPResp) response.getResponseObject();
    }

    private static CertificateStatus statusIn(byte[] answer) throws Exception {
        return basic(answer).getResponses()[0].getCertStatus();
    }

    @Nested
    class Statuses {
        @ParameterizedTest
        @ValueSource(strings = {"SHA-1", "SHA-256"})
        void ofAGoodCertificateByEitherHash(String hash) throws Exception {
            ASN1ObjectIdentifier oid =
                    hash.equals("SHA-1") ? OIWObjectIdentifiers.idSHA1 : NISTObjectIdentifiers.id_sha256;
            CertificateID asked = id(oid, certificate.getSerialNumber());
            SingleResp single = basic(responder.answer(asking(asked))).getResponses()[0];
            assertEquals(CertificateStatus.GOOD, single.getCertStatus());
            assertEquals(asked, single.getCertID());
            assertEquals(NOW, single.getThisUpdate().toInstant());
            assertEquals(NOW.plus(Duration.ofHours(1)), single.getNextUpdate().toInstant());
        }

        @Test
        void ofARevokedOneWithTimeAndReason() throws Exception {
            authority.revocations().revoke(certificate, RevocationReason.PRIVILEGE_WITHDRAWN);
            RevokedStatus status =
                    (RevokedStatus) statusIn(responder.answer(asking(id(certificate.getSerialNumber()))));
            assertEquals(NOW, status.getRevocationTime().toInstant());
            assertEquals(9, status.getRevocationReason());
        }

        @Test
        void ofARevokedOneWithoutReason() throws Exception {
            authority.revocations().revoke(certificate, RevocationReason.UNSPECIFIED);
            RevokedStatus status =
                    (RevokedStatus) statusIn(responder.answer(asking(id(certificate.getSerialNumber()))));
            assertEquals(false, status.hasRevocationReason());
        }

        @Test
        void ofWhatWasNeverIssued() throws Exception {
            for (BigInteger serial :
                    List.of(BigInteger.TEN, BigInteger.ZERO, BigInteger.valueOf(-4), BigInteger.ONE.shiftLeft(400))) {
                assertTrue(statusIn(responder.answer(asking(id(serial)))) instanceof UnknownStatus, serial.toString());
            }
        }

        @Test
        void ofSeveralInTheirOrderAlsoAmongThoseOfOthers() throws Exception {
            CertificateID foreign = new CertificateID(
                    new BcDigestCalculatorProvider().get(new AlgorithmIdentifier(OIWObjectIdentifiers.idSHA1)),
                    new JcaX509CertificateHolder(certificate),
                    certificate.getSerialNumber());
            SingleResp[] all = basic(
                            responder.answer(asking(id(BigInteger.TEN), foreign, id(certificate.getSerialNumber()))))
                    .getResponses();
            assertTrue(all[0].getCertStatus() instanceof UnknownStatus);
            assertTrue(all[1].getCertStatus() instanceof UnknownStatus);
            assertEquals(CertificateStatus.GOOD, all[2].getCertStatus());
        }

        @Test
        void afterARestart() throws Exception {
            authority.revocations().revoke(certificate, RevocationReason.SUPERSEDED);
            OcspResponder restarted = OcspResponder.of(
                    LocalAuthority.of(authority.authority()).clock(clock).in(storage));
            assertTrue(statusIn(restarted.answer(asking(id(certificate.getSerialNumber())))) instanceof RevokedStatus);
        }
    }

    @Nested
    class Signing {
        @Test
        void isByTheAuthorityNamedByItsKey() throws Exception {
            BasicOCSPResp basic = basic(responder.answer(asking(id(certificate.getSerialNumber()))));
            assertTrue(basic.isSignatureValid(new JcaContentVerifierProviderBuilder().build(CA_KEY.getPublic())));
            assertEquals(0, basic.getCerts().length);
            assertEquals(NOW, basic.getProducedAt().toInstant());
            byte[] bits = Arrays.copyOfRange(
                    CA_KEY.getPublic().getEncoded(), 26, CA_KEY.getPublic().getEncoded().length);
            assertArrayEquals(
                    Der.tagged(
                            0xA2,
                            Der.octetString(MessageDigest.getInstance("SHA-1").digest(bits))),
                    basic.getResponderId().toASN1Primitive().getEncoded());
        }

        private CertifiedKey certified(CertificateProfile profile) throws IOException {
            return CertifiedKey.of(
                    DELEGATE.getPrivate(),
                    SamplePki.certified(authority
                            .profile(profile)
                            .issue(CertificationRequest.forSubject(DistinguishedName.cn("OCSP"))
                                    .signedBy(DELEGATE)
                                    .request())));
        }

        @Test
        void byADelegateSendsItsCertificateAlong() throws Exception {
            CertifiedKey delegate = certified(OcspResponder.signerProfile());
            BasicOCSPResp basic =
                    basic(responder.signingWith(delegate).answer(asking(id(certificate.getSerialNumber()))));
            assertTrue(basic.isSignatureValid(new JcaContentVerifierProviderBuilder().build(DELEGATE.getPublic())));
            assertArrayEquals(delegate.chain().leaf().getEncoded(), basic.getCerts()[0].getEncoded());
            assertEquals(1, basic.getCerts().length);
        }

        @Test
        void aDelegatesCertificateNeedsNoCheckItself() throws Exception {
            X509Certificate signer =
                    certified(OcspResponder.signerProfile()).chain().leaf();
            EncodedCertificate.Extension noCheck = EncodedCertificate.of(signer).extensions().stream()
                    .filter(extension -> extension.oid().equals("1.3.6.1.5.5.7.48.1.5"))
                    .findFirst()
                    .orElseThrow();
            assertArrayEquals(Der.nullValue(), noCheck.value());
            assertEquals(false, noCheck.critical());
            assertEquals(List.of(ExtendedKeyUsage.OCSP_SIGNING.oid()), signer.getExtendedKeyUsage());
            assertNull(certificate.getExtensionValue("1.3.6.1.5.5.7.48.1.5"));
        }

        @Test
        void isNotDelegatedToWhomTheAuthorityDidNotNameForIt() throws Exception {
            CertifiedKey client = certified(CertificateProfile.tlsClient());
            CertifiedKey stranger = CertifiedKey.selfSigned(DistinguishedName.cn("OCSP"))
                    .profile(OcspResponder.signerProfile())
                    .clock(clock)
                    .with(DELEGATE);
            for (CertifiedKey each : List.of(client, stranger)) {
                IllegalArgumentException refused =
                        assertThrows(IllegalArgumentException.class, () -> responder.signingWith(each));
                assertTrue(refused.getMessage().startsWith("delegate: "), refused.getMessage());
            }
        }

        @Test
        void stopsWhenTheDelegatesCertificateHasExpired() throws Exception {
            OcspResponder delegated = responder.signingWith(
                    certified(OcspResponder.signerProfile().validFor(Duration.ofDays(1))));
            clock.advance(Duration.ofDays(2));
            assertEquals(OCSPResp.INTERNAL_ERROR, failure(delegated.answer(asking(id(certificate.getSerialNumber())))));
        }

        @Test
        void isValidForAsLongAsIsWanted() throws Exception {
            SingleResp single = basic(
                            responder.validFor(Duration.ofDays(3)).answer(asking(id(certificate.getSerialNumber()))))
                    .getResponses()[0];
            assertEquals(NOW.plus(Duration.ofDays(3)), single.getNextUpdate().toInstant());
            for (Duration bad : List.of(Duration.ZERO, Duration.ofDays(367), Duration.ofSeconds(Long.MIN_VALUE))) {
                assertThrows(IllegalArgumentException.class, () -> responder.validFor(bad));
            }
        }
    }

    @Nested
    class TheNonce {
        @ParameterizedTest
        @ValueSource(ints = {1, 32, 128})
        void comesBackAsItCame(int length) throws Exception {
            byte[] value = new byte[length];
            new Random(length).nextBytes(value);
            byte[] answer = responder.answer(asking(nonce(value)));
            assertArrayEquals(
                    nonce(value).getExtnValue().getEncoded(),
                    basic(answer)
                            .getExtension(OCSPObjectIdentifiers.id_pkix_ocsp_nonce)
                            .getExtnValue()
                            .getEncoded());
        }

        @ParameterizedTest
        @ValueSource(ints = {0, 129, 4000})
        void ofAnotherLengthIsMalformed(int length) throws Exception {
            assertEquals(OCSPResp.MALFORMED_REQUEST, failure(responder.answer(asking(nonce(new byte[length])))));
        }

        @Test
        void thatIsNoOctetStringIsMalformed() throws Exception {
            Extension raw = new Extension(OCSPObjectIdentifiers.id_pkix_ocsp_nonce, false, new byte[] {1, 2, 3});
            assertEquals(OCSPResp.MALFORMED_REQUEST, failure(responder.answer(asking(raw))));
        }

        @Test
        void isNotMadeUp() throws Exception {
            assertNull(basic(responder.answer(asking(id(certificate.getSerialNumber()))))
                    .getExtension(OCSPObjectIdentifiers.id_pkix_ocsp_nonce));
        }
    }

    @Nested
    class Refusing {
        @Test
        void aCriticalExtensionThatIsNotKnown() throws Exception {
            ASN1ObjectIdentifier own = new ASN1ObjectIdentifier("1.3.6.1.4.1.55555.9");
            assertEquals(
                    OCSPResp.MALFORMED_REQUEST,
                    failure(responder.answer(asking(new Extension(own, true, Der.nullValue())))));
            assertEquals(
                    CertificateStatus.GOOD,
                    statusIn(responder.answer(asking(new Extension(own, false, Der.nullValue())))));
        }

        @Test
        void whatIsAboutAnotherAuthorityOnly() throws Exception {
            CertificateID foreign = new CertificateID(
                    new BcDigestCalculatorProvider().get(new AlgorithmIdentifier(OIWObjectIdentifiers.idSHA1)),
                    new JcaX509CertificateHolder(certificate),
                    certificate.getSerialNumber());
            assertEquals(OCSPResp.UNAUTHORIZED, failure(responder.answer(asking(foreign))));
            CertificateID otherHash = id(NISTObjectIdentifiers.id_sha512, certificate.getSerialNumber());
            assertEquals(OCSPResp.UNAUTHORIZED, failure(responder.answer(asking(otherHash))));
        }

        @Test
        void moreCertificatesThanAnybodyAsksAbout() throws Exception {
            CertificateID one = id(certificate.getSerialNumber());
            byte[] most = asking(Collections.nCopies(32, one).toArray(CertificateID[]::new));
            assertEquals(32, basic(responder.answer(most)).getResponses().length);
            byte[] more = asking(Collections.nCopies(33, one).toArray(CertificateID[]::new));
            assertEquals(OCSPResp.MALFORMED_REQUEST, failure(responder.answer(more)));
        }

        @Test
        void noCertificateAtAll() throws Exception {
            byte[] nobody = Der.sequence(Der.sequence(Der.sequence()));
            assertEquals(OCSPResp.MALFORMED_REQUEST, failure(responder.answer(nobody)));
        }

        @Test
        void aStorageThatFailsIsAnInternalError() throws Exception {
            authority.revocations().revoke(certificate, RevocationReason.SUPERSEDED);
            byte[] asked = asking(id(certificate.getSerialNumber()));
            storage.close();
            assertEquals(OCSPResp.INTERNAL_ERROR, failure(responder.answer(asked)));
        }

        @Test
        void everyPrefixAndEveryFlippedBitWithoutAnException() throws Exception {
            byte[] asked = asking(nonce(new byte[16]));
            List<byte[]> hostile = new ArrayList<>();
            for (int i = 0; i < asked.length; i++) {
                hostile.add(Arrays.copyOf(asked, i));
            }
            for (int bit = 0; bit < 8 * asked.length; bit++) {
                byte[] flipped = asked.clone();
                flipped[bit / 8] ^= (byte) (1 << bit % 8);
                hostile.add(flipped);
            }
            hostile.add(new byte[(16 << 10) + 1]);
            hostile.add(nested(5000));
            for (byte[] each : hostile) {
                new OCSPResp(responder.answer(each));
            }
        }

        private byte[] nested(int depth) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            for (int i = 0; i < depth; i++) {
                bytes.writeBytes(new byte[] {0x30, (byte) 0x82, (byte) ((depth - i) >> 6), (byte) ((depth - i) << 2)});
            }
            return bytes.toByteArray();
        }
    }

    @Test
    void itNeverShowsItsKey() {
        assertEquals("OcspResponder[CN=Root,O=Acme]", responder.toString());
    }
}
