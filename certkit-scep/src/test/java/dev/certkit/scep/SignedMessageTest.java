package dev.certkit.scep;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.key.CryptoProviders;
import dev.certkit.scep.ScepException.Check;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.DERBMPString;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERIA5String;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERPrintableString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.DERT61String;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.DERVisibleString;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.Time;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.SignerInfoGenerator;
import org.bouncycastle.cms.jcajce.JcaSignerInfoGeneratorBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignedMessageTest {
    private static final MessageKey CA = Pki.authority("ca");
    private static final MessageKey OTHER = Pki.authority("other");
    private static final byte[] CONTENT = "some enveloped data".getBytes(StandardCharsets.UTF_8);

    private static Forge answer() {
        return Forge.signedBy(CA).type(3).status(0).transaction("42").content(CONTENT);
    }

    private static PkiMessage verified(Forge forge) throws ScepException {
        return verified(forge, PeerQuirks.none().floorForAnswers());
    }

    private static PkiMessage verified(Forge forge, AlgorithmFloor floor) throws ScepException {
        return read(forge, floor).verify(List.of(CA.certificate().getPublicKey()));
    }

    private static SignedMessage read(Forge forge, AlgorithmFloor floor) throws ScepException {
        return new PkiMessageReader(floor, CryptoProviders.standard()).read(forge.encoded());
    }

    private static void refused(Check check, Forge forge) {
        Refused.by(check, () -> verified(forge));
    }

    @Nested
    class TolerantInForm {
        @Test
        void indefiniteLengthsAndContentInPieces() throws ScepException {
            assertArrayEquals(CONTENT, verified(answer().indefinite()).envelope());
        }

        @Test
        void signedAttributesThatAreSignedUnsorted() throws ScepException {
            assertEquals("42", verified(answer().unsorted()).transactionId().text());
        }

        @ParameterizedTest
        @ValueSource(strings = {"1.2.840.113549.1.1.1", "1.2.840.113549.1.1.11"})
        void trap2BothNamesOfTheSignatureAlgorithm(String oid) throws ScepException {
            assertEquals(
                    MessageType.CERT_REP, verified(answer().signatureOid(oid)).type());
        }

        @ParameterizedTest
        @ValueSource(strings = {"SHA-256", "SHA-384", "SHA-512"})
        void everySha2(String digest) throws ScepException {
            assertEquals(MessageType.CERT_REP, verified(answer().digest(digest)).type());
        }

        static Stream<ASN1Encodable> trap4AnyStringType() {
            return Stream.of(
                    new DERPrintableString("42"),
                    new DERUTF8String("42"),
                    new DERIA5String("42"),
                    new DERVisibleString("42"),
                    new DERT61String("42"),
                    new DERBMPString("42"));
        }

        @ParameterizedTest
        @MethodSource
        void trap4AnyStringType(ASN1Encodable id) throws ScepException {
            PkiMessage read = verified(answer().with(AttributeId.TRANSACTION_ID, id));

            assertEquals("42", read.transactionId().text());
            assertEquals(TransactionId.of("42"), read.transactionId());
        }

        @Test
        void trap4TheEchoKeepsTypeAndBytes() throws ScepException {
            DERUTF8String id = new DERUTF8String("bé+/=");
            PkiMessage request = verified(answer().with(AttributeId.TRANSACTION_ID, id));
            byte[] echo = PkiMessageWriter.pending(request.transactionId()).signedBy(CA, CryptoProviders.standard());

            assertEquals(id, request.transactionId().toAsn1());
            assertTrue(Bytes.contains(echo, Asn1.der(id)));
        }

        @Test
        void trap5NoContentInAFailure() throws ScepException {
            PkiMessage read = verified(answer().status(2).noContent());

            assertEquals(Optional.of(PkiStatus.FAILURE), read.status());
            assertEquals(0, read.envelope().length);
        }

        @ParameterizedTest
        @ValueSource(ints = {0, 1})
        void trap5ContentOfNoneOrOneByteInAFailure(int length) throws ScepException {
            assertEquals(
                    length,
                    verified(answer().status(2).content(new byte[length])).envelope().length);
        }

        @Test
        void trap7SigningTimeFarOffIsOnlyReported() throws ScepException {
            Instant past = Instant.parse("1970-01-02T00:00:00Z");
            PkiMessage read = verified(answer().with(AttributeId.SIGNING_TIME, new Time(Date.from(past))));

            assertEquals(Optional.of(past), read.signingTime());
        }

        @Test
        void trap8SignerWithoutUsefulKeyUsage() throws ScepException {
            MessageKey signer = Pki.certificate("ca").usage(2 /* cRLSign */).selfSigned();

            assertEquals(
                    "42",
                    verified(Forge.signedBy(signer).type(3).status(0).transaction("42"))
                            .transactionId()
                            .text());
        }

        @Test
        void trap19UnknownOrMissingFailInfoIsReported() throws ScepException {
            DERPrintableString odd = new DERPrintableString("77");

            assertEquals(
                    OptionalInt.of(77),
                    verified(answer().status(2).with(AttributeId.FAIL_INFO, odd))
                            .failInfo());
            assertEquals(OptionalInt.empty(), verified(answer().status(2)).failInfo());
        }

        @Test
        void noSenderNonce() throws ScepException {
            assertEquals(Optional.empty(), verified(answer()).senderNonce());
        }

        @Test
        void failInfoTextLosesItsControlCharacters() throws ScepException {
            DERUTF8String text = new DERUTF8String("no\r\nsuch\u0007thing");

            assertEquals(
                    Optional.of("no  such thing"),
                    verified(answer().status(2).with(AttributeId.FAIL_INFO_TEXT, text))
                            .failInfoText());
        }
    }

    @Nested
    class Signature {
        @Test
        void ofAnotherKeyIsRefusedAlthoughItsCertificateTravelsAlong() {
            refused(Check.SIGNATURE, Forge.signedBy(OTHER).type(3).status(0).transaction("42"));
        }

        @Test
        void ofATwinWithTheSameNameAndSerialIsRefused() {
            MessageKey twin = Pki.certificate("ca")
                    .key(Pki.rsa("twin"))
                    .serial(CA.certificate().getSerialNumber())
                    .selfSigned();

            refused(Check.SIGNATURE, Forge.signedBy(twin).type(3).status(0).transaction("42"));
        }

        @Test
        void withoutAnyCertificateIsVerifiedByTheExpectedKeyOnly() throws ScepException {
            assertEquals("42", verified(answer().certificates()).transactionId().text());
            refused(
                    Check.SIGNATURE,
                    Forge.signedBy(OTHER).type(3).status(0).transaction("42").certificates());
        }

        @Test
        void aRequestWithoutItsSignersCertificateIsRefused() {
            Refused.by(Check.SIGNER, () -> read(answer().certificates(), AlgorithmFloor.standard())
                    .verifyAsRequest());
            Refused.by(Check.SIGNER, () -> read(answer().certificates(OTHER.certificate()), AlgorithmFloor.standard())
                    .verifyAsRequest());
        }

        @Test
        void aRequestFindsItsSignerAmongOthers() throws ScepException {
            PkiMessage read = read(
                            answer().certificates(OTHER.certificate(), CA.certificate()), AlgorithmFloor.standard())
                    .verifyAsRequest();

            assertEquals(Optional.of(CA.certificate()), read.signer());
        }
    }

    @Nested
    class Signers {
        private static byte[] generated(SignerInfoGenerator... signers) throws CMSException, IOException {
            CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
            List.of(signers).forEach(generator::addSignerInfoGenerator);
            return generator
                    .generate(new CMSProcessableByteArray(CONTENT), true)
                    .getEncoded();
        }

        private static SignerInfoGenerator signer(boolean direct) throws Exception {
            return new JcaSignerInfoGeneratorBuilder(new JcaDigestCalculatorProviderBuilder().build())
                    .setDirectSignature(direct)
                    .build(new JcaContentSignerBuilder("SHA256withRSA").build(CA.privateKey()), CA.certificate());
        }

        private static void refusedAtOnce(Check check, byte[] message) {
            PkiMessageReader reader = new PkiMessageReader(AlgorithmFloor.standard(), CryptoProviders.standard());

            Refused.by(check, () -> reader.read(message));
        }

        @Test
        void noneOrTwoAreRefused() throws Exception {
            refusedAtOnce(Check.SIGNER, generated());
            refusedAtOnce(Check.SIGNER, generated(signer(false), signer(false)));
        }

        @Test
        void withoutSignedAttributesAreRefused() throws Exception {
            refusedAtOnce(Check.SIGNED_ATTRIBUTES, generated(signer(true)));
        }

        @Test
        void anotherKindOfCmsIsRefused() {
            byte[] envelope = Envelope.seal(CONTENT, CA.certificate(), CryptoProviders.standard());

            refusedAtOnce(Check.ENCODING, envelope);
        }
    }

    @Nested
    class Algorithms {
        @Test
        void md5IsRefusedWithEveryQuirk() {
            PeerQuirks all =
                    PeerQuirks.legacyNdes().and(PeerQuirks.legacyCiscoIos()).and(PeerQuirks.legacyMicromdm());

            Refused.by(Check.ALGORITHM, () -> verified(answer().digest("MD5"), all.floorForAnswers()));
            Refused.by(Check.ALGORITHM, () -> verified(answer().digest("MD5"), all.floorForRequests()));
        }

        @Test
        void sha1IsRefusedUnlessAQuirkNamesThePeer() throws ScepException {
            refused(Check.ALGORITHM, answer().digest("SHA-1"));
            assertEquals(
                    "42",
                    verified(answer().digest("SHA-1"), PeerQuirks.legacyNdes().floorForAnswers())
                            .transactionId()
                            .text());
            assertEquals(
                    "42",
                    verified(
                                    answer().digest("SHA-1").signatureOid("1.2.840.113549.1.1.5"),
                                    PeerQuirks.legacyMicromdm().floorForRequests())
                            .transactionId()
                            .text());
        }

        @Test
        void sha1OfTheWrongKeyIsRefusedWithTheQuirkToo() {
            Forge forged =
                    Forge.signedBy(OTHER).type(3).status(0).transaction("42").digest("SHA-1");

            Refused.by(
                    Check.SIGNATURE,
                    () -> verified(forged, PeerQuirks.legacyNdes().floorForAnswers()));
        }

        @Test
        void aSignatureAlgorithmThatContradictsTheDigestIsRefused() {
            refused(Check.ALGORITHM, answer().signatureOid("1.2.840.113549.1.1.5"));
            refused(Check.ALGORITHM, answer().signatureOid("1.2.840.113549.1.1.13"));
        }
    }

    @Nested
    class SignedAttributesAreDemanded {
        @Test
        void trap6NoContentType() {
            refused(Check.SIGNED_ATTRIBUTES, answer().without(AttributeId.CONTENT_TYPE));
        }

        @Test
        void trap6AnotherContentType() {
            refused(
                    Check.SIGNED_ATTRIBUTES,
                    answer().with(AttributeId.CONTENT_TYPE, CMSObjectIdentifiers.envelopedData));
        }

        @Test
        void trap6NoMessageDigest() {
            refused(Check.SIGNED_ATTRIBUTES, answer().without(AttributeId.MESSAGE_DIGEST));
        }

        @Test
        void trap6MessageDigestOfOtherContent() {
            byte[] other = SigningDigest.SHA_256.digest("other".getBytes(StandardCharsets.UTF_8));

            refused(Check.MESSAGE_DIGEST, answer().with(AttributeId.MESSAGE_DIGEST, new DEROctetString(other)));
            refused(Check.MESSAGE_DIGEST, answer().with(AttributeId.MESSAGE_DIGEST, new DEROctetString(new byte[0])));
        }

        @Test
        void anAttributeSaidTwice() {
            refused(Check.SIGNED_ATTRIBUTES, answer().twice(AttributeId.TRANSACTION_ID));
        }

        @Test
        void anAttributeOfTwoValuesOrNone() {
            DERSet two = new DERSet(new ASN1Encodable[] {new DERPrintableString("42"), new DERPrintableString("43")});

            refused(Check.SIGNED_ATTRIBUTES, answer().with(AttributeId.TRANSACTION_ID, two));
            refused(Check.SIGNED_ATTRIBUTES, answer().with(AttributeId.TRANSACTION_ID, new DERSet()));
        }

        @Test
        void tooManyBytesOfThem() {
            DERUTF8String text = new DERUTF8String("x".repeat(9000));

            refused(Check.SIZE, answer().with(AttributeId.FAIL_INFO_TEXT, text));
        }
    }

    @Nested
    class ScepAttributes {
        @ParameterizedTest
        @ValueSource(ints = {0, 1, 2, 4, 16, 18, 23, 99_999})
        void unknownTypeIsRefused(int type) {
            refused(Check.MESSAGE_TYPE, answer().type(type));
        }

        static Stream<ASN1Encodable> unreadableNumbers() {
            return Stream.of(
                    new DERPrintableString(""),
                    new DERPrintableString("-3"),
                    new DERPrintableString(" 3"),
                    new DERPrintableString("3x"),
                    new DERPrintableString("0000000003"),
                    new DERUTF8String("\u0663" /* an Arabic-Indic three */),
                    new DERBitString(new byte[] {3}),
                    new DERSequence(),
                    new ASN1Integer(3),
                    new DEROctetString(new byte[] {'3'}));
        }

        @ParameterizedTest
        @MethodSource("unreadableNumbers")
        void unreadableTypeIsRefused(ASN1Encodable value) {
            refused(Check.MESSAGE_TYPE, answer().with(AttributeId.MESSAGE_TYPE, value));
        }

        @ParameterizedTest
        @MethodSource("unreadableNumbers")
        void unreadableStatusIsRefused(ASN1Encodable value) {
            refused(Check.STATUS, answer().with(AttributeId.PKI_STATUS, value));
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 4, 7})
        void unknownStatusIsRefused(int status) {
            refused(Check.STATUS, answer().status(status));
        }

        @Test
        void missingOnesAreRefused() {
            refused(Check.MESSAGE_TYPE, answer().without(AttributeId.MESSAGE_TYPE));
            refused(Check.STATUS, answer().without(AttributeId.PKI_STATUS));
            refused(Check.TRANSACTION_ID, answer().without(AttributeId.TRANSACTION_ID));
        }

        static Stream<ASN1Encodable> trap4UnacceptableTransactionIds() {
            return Stream.of(
                    new DERPrintableString(""),
                    new DERPrintableString("x".repeat(256)),
                    new DERUTF8String("a\nb"),
                    new DERUTF8String("a\u0000b"),
                    new DEROctetString(new byte[] {'a'}),
                    new DERBitString(new byte[] {1, 2, 3}),
                    new ASN1Integer(5),
                    new DERSequence(),
                    brokenUtf8());
        }

        /** The first octet of a pair, and nothing after it. */
        private static ASN1Encodable brokenUtf8() {
            try {
                return ASN1Primitive.fromByteArray(new byte[] {0x0C, 1, (byte) 0xC3});
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @ParameterizedTest
        @MethodSource
        void trap4UnacceptableTransactionIds(ASN1Encodable id) {
            refused(Check.TRANSACTION_ID, answer().with(AttributeId.TRANSACTION_ID, id));
        }

        @Test
        void trap4ALongTransactionIdIsAccepted() throws ScepException {
            String id = "x".repeat(255);

            assertEquals(id, verified(answer().transaction(id)).transactionId().text());
        }

        @Test
        void trap16NoncesAreEqualOnlyIfTheirBytesAre() {
            Nonce nonce = Nonce.of(new byte[] {1, 2, 3});

            assertEquals(Nonce.of(new byte[] {1, 2, 3}), nonce);
            assertTrue(Stream.of(new byte[] {1, 2}, new byte[] {1, 2, 4}, new byte[0], new byte[] {1, 2, 3, 0})
                    .map(Nonce::of)
                    .noneMatch(nonce::equals));
        }

        @Test
        void aNonceThatIsNoneCountsAsMissing() throws ScepException {
            assertEquals(
                    Optional.empty(),
                    verified(answer().with(AttributeId.SENDER_NONCE, new DERPrintableString("1")))
                            .senderNonce());
            assertEquals(
                    Optional.empty(),
                    verified(answer().with(AttributeId.RECIPIENT_NONCE, new DEROctetString(new byte[0])))
                            .recipientNonce());
            assertEquals(
                    Optional.empty(),
                    verified(answer().with(AttributeId.RECIPIENT_NONCE, new DEROctetString(new byte[65])))
                            .recipientNonce());
        }
    }

    @Nested
    class Claims {
        @Test
        void areThereForAnAnswerToABrokenRequest() throws ScepException {
            SignedMessage message = read(
                    answer().digest("MD5").with(AttributeId.SENDER_NONCE, new DEROctetString(new byte[16])),
                    AlgorithmFloor.standard());

            assertEquals(Optional.of(TransactionId.of("42")), message.claimedTransactionId());
            assertEquals(Optional.of(Nonce.of(new byte[16])), message.claimedSenderNonce());
            assertEquals(Optional.of(CA.certificate()), message.claimedSigner());
        }

        @Test
        void areEmptyWhereTheyCannotBeRead() throws ScepException {
            SignedMessage message = read(
                    answer().with(AttributeId.TRANSACTION_ID, DERNull.INSTANCE).certificates(),
                    AlgorithmFloor.standard());

            assertEquals(Optional.empty(), message.claimedTransactionId());
            assertEquals(Optional.empty(), message.claimedSenderNonce());
            assertEquals(Optional.empty(), message.claimedSigner());
        }
    }
}
