package dev.certkit.revocation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.http.HttpCall;
import dev.certkit.issue.Publication;
import dev.certkit.key.KeyType;
import dev.certkit.samples.SampleKeys;
import dev.certkit.trust.PresentedChain;
import dev.certkit.trust.TrustReason.RevocationUnknown.Cause;
import dev.certkit.trust.TrustVerdict;
import dev.certkit.x509.RevocationReason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.CRLNumber;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.IssuingDistributionPoint;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.ReasonFlags;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cert.ocsp.BasicOCSPRespBuilder;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.bouncycastle.cert.ocsp.OCSPReq;
import org.bouncycastle.cert.ocsp.OCSPRespBuilder;
import org.bouncycastle.cert.ocsp.RespID;
import org.bouncycastle.cert.ocsp.RevokedStatus;
import org.bouncycastle.cert.ocsp.UnknownStatus;
import org.bouncycastle.operator.bc.BcDigestCalculatorProvider;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Answers made by another library, each sound but for one thing: none of them may pass for an answer. */
class BrokenAnswersTest extends RevocationLab {
    private static final String USUAL = "SHA256withECDSA";

    private static Date date(Instant time) {
        return Date.from(time);
    }

    private X500Name middleName() throws Exception {
        return new JcaX509CertificateHolder(middleCertificate()).getSubject();
    }

    @Nested
    class Lists {
        @BeforeEach
        void noResponder() throws IOException {
            leaf = issued(Publication.nothing().crlAt(LIST));
        }

        private byte[] made(Consumer<X509v2CRLBuilder> change) throws Exception {
            return made(change, MIDDLE_KEY);
        }

        private byte[] made(Consumer<X509v2CRLBuilder> change, KeyPair key) throws Exception {
            X509v2CRLBuilder builder = new X509v2CRLBuilder(middleName(), date(clock.instant()));
            builder.setNextUpdate(date(clock.instant().plus(WEEK)));
            change.accept(builder);
            return builder.build(new JcaContentSignerBuilder(USUAL).build(key.getPrivate()))
                    .getEncoded();
        }

        private static void add(
                X509v2CRLBuilder builder, ASN1ObjectIdentifier oid, boolean critical, ASN1Encodable value) {
            try {
                builder.addExtension(oid, critical, value);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }

        private Optional<Cause> hardCause(byte[] list) {
            serve(LIST, list);
            return cause(judged(hard()));
        }

        private boolean isTrusted(byte[] list) {
            serve(LIST, list);
            return judged(hard()).isTrusted();
        }

        @Test
        void aSoundListIsBelieved() throws Exception {
            assertTrue(isTrusted(made(list -> {})));
            byte[] revoked = made(list -> list.addCRLEntry(leaf.getSerialNumber(), date(NOW), CRLReason.superseded));
            serve(LIST, revoked);
            assertTrue(text(judged(soft())).contains("superseded"), text(judged(soft())));
        }

        @Test
        void signedByAnotherKey() throws Exception {
            assertEquals(Optional.of(Cause.BROKEN), hardCause(made(list -> {}, LEAF_KEY)));
        }

        @Test
        void signedWithSha1() throws Exception {
            X509v2CRLBuilder builder = new X509v2CRLBuilder(middleName(), date(NOW));
            builder.setNextUpdate(date(NOW.plus(WEEK)));
            byte[] weak = builder.build(new JcaContentSignerBuilder("SHA1withECDSA").build(MIDDLE_KEY.getPrivate()))
                    .getEncoded();
            assertEquals(Optional.of(Cause.BROKEN), hardCause(weak));
        }

        @Test
        void ofAnotherIssuer() throws Exception {
            X509v2CRLBuilder builder = new X509v2CRLBuilder(new X500Name("CN=Somebody"), date(NOW));
            builder.setNextUpdate(date(NOW.plus(WEEK)));
            byte[] other = builder.build(new JcaContentSignerBuilder(USUAL).build(MIDDLE_KEY.getPrivate()))
                    .getEncoded();
            assertEquals(Optional.of(Cause.BROKEN), hardCause(other));
        }

        @Test
        void tooOldOrFromTheFutureOrWithoutAnEnd() throws Exception {
            byte[] list = made(each -> {});
            clock.advance(WEEK.plusMinutes(4));
            assertTrue(isTrusted(list), "clocks may differ by five minutes");
            clock.advance(Duration.ofMinutes(2));
            assertEquals(Optional.of(Cause.EXPIRED), hardCause(list));
            clock.set(NOW.plus(Duration.ofMinutes(6)));
            byte[] early = made(each -> {});
            clock.set(NOW);
            assertEquals(Optional.of(Cause.EXPIRED), hardCause(early));
            byte[] endless = new X509v2CRLBuilder(middleName(), date(NOW))
                    .build(new JcaContentSignerBuilder(USUAL).build(MIDDLE_KEY.getPrivate()))
                    .getEncoded();
            assertEquals(Optional.of(Cause.BROKEN), hardCause(endless));
        }

        @Test
        void withACriticalExtensionThatIsNotKnown() throws Exception {
            ASN1ObjectIdentifier unknown = new ASN1ObjectIdentifier("1.2.3.4");
            assertEquals(
                    Optional.of(Cause.BROKEN),
                    hardCause(made(list -> add(list, unknown, true, new DEROctetString(new byte[1])))));
            assertTrue(isTrusted(made(list -> add(list, unknown, false, new DEROctetString(new byte[1])))));
        }

        @Test
        void ofAnotherScope() throws Exception {
            List<IssuingDistributionPoint> scopes = new ArrayList<>();
            scopes.add(new IssuingDistributionPoint(null, false, true, null, false, false));
            scopes.add(new IssuingDistributionPoint(null, false, false, null, true, false));
            scopes.add(new IssuingDistributionPoint(null, false, false, null, false, true));
            scopes.add(new IssuingDistributionPoint(
                    null, false, false, new ReasonFlags(ReasonFlags.keyCompromise), false, false));
            scopes.add(new IssuingDistributionPoint(
                    point("http://pki.example.fr/other.crl"), false, false, null, false, false));
            for (IssuingDistributionPoint scope : scopes) {
                byte[] list = made(each -> add(each, Extension.issuingDistributionPoint, true, scope));
                assertEquals(Optional.of(Cause.BROKEN), hardCause(list), scope.toString());
            }
            IssuingDistributionPoint right =
                    new IssuingDistributionPoint(point(LIST.toString()), true, false, null, false, false);
            assertTrue(isTrusted(made(each -> add(each, Extension.issuingDistributionPoint, true, right))));
        }

        private DistributionPointName point(String uri) {
            return new DistributionPointName(
                    new GeneralNames(new GeneralName(GeneralName.uniformResourceIdentifier, uri)));
        }

        @Test
        void thatSaysOnlyWhatChanged() throws Exception {
            assertEquals(
                    Optional.of(Cause.BROKEN),
                    hardCause(
                            made(list -> add(list, Extension.deltaCRLIndicator, true, new CRLNumber(BigInteger.ONE)))));
        }

        @Test
        void thatIsIndirect() throws Exception {
            GeneralNames other = new GeneralNames(new GeneralName(new X500Name("CN=Other")));
            byte[] list = made(each -> {
                try {
                    Extension ofOther = new Extension(Extension.certificateIssuer, true, other.getEncoded());
                    each.addCRLEntry(BigInteger.TEN, date(NOW), new Extensions(ofOther));
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });
            assertEquals(Optional.of(Cause.BROKEN), hardCause(list));
        }

        @Test
        void olderThanTheOneBefore() throws Exception {
            RevocationPolicy policy = hard();
            byte[] old = made(list -> add(list, Extension.cRLNumber, false, new CRLNumber(BigInteger.valueOf(7))));
            serve(LIST, made(list -> {
                add(list, Extension.cRLNumber, false, new CRLNumber(BigInteger.valueOf(8)));
                list.addCRLEntry(leaf.getSerialNumber(), date(NOW), CRLReason.keyCompromise);
            }));
            assertTrue(text(judged(policy)).contains("keyCompromise"));
            serve(LIST, old);
            clock.advance(Duration.ofDays(2));
            TrustVerdict verdict = judged(policy);
            assertEquals(Optional.of(Cause.BROKEN), cause(verdict));
            assertTrue(text(verdict).contains("older list"), text(verdict));
        }

        @Test
        void ofAKeyThatMayNotSignLists() throws Exception {
            // Its issuer's certificate has key usages without cRLSign.
            X509Certificate narrow = certified(
                    middleName(),
                    new JcaX509CertificateHolder(rootCertificate()).getSubject(),
                    MIDDLE_KEY,
                    ROOT_KEY,
                    "SHA384withECDSA",
                    builder -> {
                        extension(builder, Extension.basicConstraints, true, new BasicConstraints(true));
                        extension(builder, Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign));
                    });
            serve(LIST, made(list -> {}));
            TrustVerdict verdict = judged(hard(), PresentedChain.of(List.of(leaf, narrow), clock.instant()));
            assertTrue(text(verdict).contains("cRLSign"), text(verdict));
        }

        @Test
        void tooLarge() throws Exception {
            assertEquals(Optional.of(Cause.BROKEN), hardCause(new byte[(8 << 20) + 1]));
        }

        @Test
        void aHundredThousandEntriesAreReadOnce() throws Exception {
            byte[] large = made(list -> {
                for (int i = 1; i <= 100_000; i++) {
                    list.addCRLEntry(BigInteger.valueOf(i), date(NOW), CRLReason.superseded);
                }
            });
            serve(LIST, large);
            RevocationPolicy policy = hard();
            assertTrue(judged(policy).isTrusted());
            long start = System.nanoTime();
            for (int i = 0; i < 10; i++) {
                leaf = issued(Publication.nothing().crlAt(LIST));
                assertTrue(judged(policy).isTrusted());
            }
            assertTrue(System.nanoTime() - start < 2_000_000_000L, "the list was read again");
        }

        @Test
        void anyDamageIsNoAnswer() throws Exception {
            byte[] sound = made(list -> list.addCRLEntry(BigInteger.TEN, date(NOW), CRLReason.superseded));
            Random random = new Random(5);
            for (int i = 0; i < 150; i++) {
                byte[] damaged = sound.clone();
                damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
                assertTrue(hardCause(damaged).isPresent());
            }
            for (int length = 0; length < sound.length; length += 19) {
                assertTrue(hardCause(Arrays.copyOf(sound, length)).isPresent());
            }
        }
    }

    private static void extension(
            X509v3CertificateBuilder builder, ASN1ObjectIdentifier oid, boolean critical, ASN1Encodable value) {
        try {
            builder.addExtension(oid, critical, value);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private X509Certificate certified(
            X500Name subject,
            X500Name issuer,
            KeyPair key,
            KeyPair issuerKey,
            String algorithm,
            Consumer<X509v3CertificateBuilder> change)
            throws Exception {
        X509v3CertificateBuilder builder = new X509v3CertificateBuilder(
                issuer,
                BigInteger.valueOf(4711),
                date(NOW.minus(Duration.ofDays(1))),
                date(NOW.plus(Duration.ofDays(30))),
                subject,
                SubjectPublicKeyInfo.getInstance(key.getPublic().getEncoded()));
        change.accept(builder);
        byte[] der = builder.build(new JcaContentSignerBuilder(algorithm).build(issuerKey.getPrivate()))
                .getEncoded();
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
    }

    @Nested
    class Responders {
        private final KeyPair delegateKey = SampleKeys.otherOf(KeyType.EC_P384);

        @BeforeEach
        void noList() throws IOException {
            leaf = issued(Publication.nothing().ocspAt(RESPONDER));
        }

        private final class Making {
            KeyPair key = MIDDLE_KEY;
            String algorithm = USUAL;
            CertificateStatus status = CertificateStatus.GOOD;
            BigInteger serial = leaf.getSerialNumber();
            Instant thisUpdate = clock.instant();
            Instant nextUpdate = clock.instant().plus(Duration.ofHours(1));
            boolean withNonce = true;
            byte[] nonce = new byte[0];
            X509CertificateHolder[] chain = new X509CertificateHolder[0];
        }

        private byte[] made(HttpCall call, Consumer<Making> change) {
            try {
                Making making = new Making();
                change.accept(making);
                OCSPReq asked = new OCSPReq(call.body().orElseThrow());
                BcDigestCalculatorProvider digests = new BcDigestCalculatorProvider();
                BasicOCSPRespBuilder builder = new BasicOCSPRespBuilder(
                        SubjectPublicKeyInfo.getInstance(making.key.getPublic().getEncoded()),
                        digests.get(RespID.HASH_SHA1));
                CertificateID id = new CertificateID(
                        digests.get(CertificateID.HASH_SHA1),
                        new JcaX509CertificateHolder(middleCertificate()),
                        making.serial);
                builder.addResponse(
                        id,
                        making.status,
                        date(making.thisUpdate),
                        making.nextUpdate == null ? null : date(making.nextUpdate),
                        null);
                if (making.withNonce) {
                    Extension nonce = making.nonce.length == 0
                            ? asked.getExtension(OCSPObjectIdentifiers.id_pkix_ocsp_nonce)
                            : new Extension(
                                    OCSPObjectIdentifiers.id_pkix_ocsp_nonce,
                                    false,
                                    new DEROctetString(making.nonce).getEncoded());
                    builder.setResponseExtensions(new Extensions(nonce));
                }
                return new OCSPRespBuilder()
                        .build(
                                OCSPRespBuilder.SUCCESSFUL,
                                builder.build(
                                        new JcaContentSignerBuilder(making.algorithm).build(making.key.getPrivate()),
                                        making.chain,
                                        date(clock.instant())))
                        .getEncoded();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }

        private TrustVerdict answered(Consumer<Making> change) {
            serve(RESPONDER, call -> made(call, change));
            return judged(hard());
        }

        private Optional<Cause> hardCause(Consumer<Making> change) {
            return cause(answered(change));
        }

        @Test
        void aSoundAnswerIsBelieved() {
            assertTrue(answered(making -> {}).isTrusted());
            assertTrue(answered(making -> making.withNonce = false).isTrusted(), "from stock");
            assertTrue(answered(making -> making.nextUpdate = null).isTrusted());
            assertTrue(text(answered(
                            making -> making.status = new RevokedStatus(date(NOW), CRLReason.cessationOfOperation)))
                    .contains("cessationOfOperation"));
            assertTrue(text(answered(making -> making.status = new RevokedStatus(date(NOW))))
                    .contains("unspecified"));
        }

        @Test
        void unknown() {
            assertEquals(Optional.of(Cause.UNKNOWN), hardCause(making -> making.status = new UnknownStatus()));
        }

        @Test
        void signedByAnotherKey() {
            assertEquals(Optional.of(Cause.BROKEN), hardCause(making -> making.key = LEAF_KEY));
        }

        @Test
        void signedWithSha1() {
            assertEquals(Optional.of(Cause.BROKEN), hardCause(making -> making.algorithm = "SHA1withECDSA"));
        }

        @Test
        void aboutAnotherCertificate() {
            assertEquals(Optional.of(Cause.BROKEN), hardCause(making -> making.serial = BigInteger.TEN));
        }

        @Test
        void toAnotherQuestion() {
            assertEquals(Optional.of(Cause.BROKEN), hardCause(making -> making.nonce = new byte[16]));
        }

        @Test
        void tooOldOrFromTheFuture() {
            assertEquals(
                    Optional.of(Cause.EXPIRED),
                    hardCause(making -> making.nextUpdate = NOW.minus(Duration.ofMinutes(6))));
            assertEquals(
                    Optional.of(Cause.EXPIRED),
                    hardCause(making -> making.thisUpdate = NOW.plus(Duration.ofMinutes(6))));
            assertEquals(Optional.of(Cause.EXPIRED), hardCause(making -> {
                making.thisUpdate = NOW.minus(Duration.ofHours(2));
                making.nextUpdate = null;
            }));
            assertTrue(answered(making -> making.nextUpdate = NOW.minus(Duration.ofMinutes(4)))
                    .isTrusted());
        }

        private X509CertificateHolder delegate(KeyPair issuer, Consumer<X509v3CertificateBuilder> change)
                throws Exception {
            return new JcaX509CertificateHolder(
                    certified(new X500Name("CN=Responder"), middleName(), delegateKey, issuer, USUAL, change));
        }

        private void signing(X509v3CertificateBuilder builder) {
            extension(builder, Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_OCSPSigning));
        }

        private void unchecked(X509v3CertificateBuilder builder) {
            extension(builder, OCSPObjectIdentifiers.id_pkix_ocsp_nocheck, false, DERNull.INSTANCE);
        }

        private TrustVerdict by(X509CertificateHolder delegate) {
            return answered(making -> {
                making.key = delegateKey;
                making.algorithm = "SHA384withECDSA";
                making.chain = new X509CertificateHolder[] {delegate};
            });
        }

        @Test
        void aDelegateOfTheIssuerIsBelieved() throws Exception {
            TrustVerdict verdict = by(delegate(MIDDLE_KEY, builder -> {
                signing(builder);
                unchecked(builder);
            }));
            assertTrue(verdict.isTrusted(), text(verdict));
        }

        @Test
        void aDelegateWithoutThePurpose() throws Exception {
            TrustVerdict verdict = by(delegate(MIDDLE_KEY, this::unchecked));
            assertTrue(text(verdict).contains("OCSPSigning"), text(verdict));
        }

        @Test
        void aDelegateOfSomebodyElse() throws Exception {
            TrustVerdict verdict = by(delegate(LEAF_KEY, builder -> {
                signing(builder);
                unchecked(builder);
            }));
            assertTrue(text(verdict).contains("not certified by the issuer itself"), text(verdict));
        }

        @Test
        void aDelegateThatMayBeRevokedItself() throws Exception {
            TrustVerdict verdict = by(delegate(MIDDLE_KEY, this::signing));
            assertTrue(text(verdict).contains("may itself be revoked"), text(verdict));
        }

        @Test
        void aDelegateThatTheListKnowsNothingAgainst() throws Exception {
            Consumer<X509v3CertificateBuilder> listed = builder -> {
                signing(builder);
                extension(builder, Extension.cRLDistributionPoints, false, new CRLDistPoint(new DistributionPoint[] {
                    new DistributionPoint(
                            new DistributionPointName(new GeneralNames(
                                    new GeneralName(GeneralName.uniformResourceIdentifier, LIST.toString()))),
                            null,
                            null)
                }));
            };
            TrustVerdict verdict = by(delegate(MIDDLE_KEY, listed));
            assertTrue(verdict.isTrusted(), text(verdict));
        }

        @Test
        void aDelegateThatHasExpired() throws Exception {
            X509CertificateHolder delegate = delegate(MIDDLE_KEY, builder -> {
                signing(builder);
                unchecked(builder);
            });
            clock.advance(Duration.ofDays(31));
            serve(ROOT_LIST, call -> root.revocations().crl(WEEK).encoded());
            TrustVerdict verdict = by(delegate);
            assertTrue(text(verdict).contains("not valid now"), text(verdict));
        }

        @Test
        void theLeafItselfIsNoResponder() throws Exception {
            TrustVerdict verdict = answered(making -> {
                making.key = LEAF_KEY;
                try {
                    making.chain = new X509CertificateHolder[] {new JcaX509CertificateHolder(leaf)};
                } catch (Exception e) {
                    throw new AssertionError(e);
                }
            });
            assertTrue(text(verdict).contains("OCSPSigning"), text(verdict));
        }

        @Test
        void anyDamageIsNoAnswer() {
            Random random = new Random(6);
            for (int i = 0; i < 80; i++) {
                serve(RESPONDER, call -> {
                    byte[] answer = made(call, making -> {});
                    answer[random.nextInt(answer.length)] ^= (byte) (1 << random.nextInt(8));
                    return answer;
                });
                judged(hard());
                serve(RESPONDER, call -> Arrays.copyOf(made(call, making -> {}), random.nextInt(200)));
                assertTrue(cause(judged(hard())).isPresent());
            }
        }
    }

    @Test
    void revokedCountsAlsoIfTheResponderIsWrongAboutIt() throws Exception {
        middle.revocations().revoke(serial(leaf), RevocationReason.KEY_COMPROMISE);
        serve(RESPONDER, new byte[] {1, 2, 3});
        assertTrue(text(judged(hard())).contains("keyCompromise"), "the list knows");
    }
}
