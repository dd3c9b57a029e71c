package dev.certkit.scep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import dev.certkit.key.CryptoProviders;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;

/** Whatever comes, the only exception is the checked one; and what was changed is never taken for verified. */
class MessageProperties {
    private static final CryptoProviders CRYPTO = CryptoProviders.standard();
    private static final MessageKey CA = Pki.authority("ca");
    private static final List<PublicKey> KEYS = List.of(CA.certificate().getPublicKey());
    private static final PkiMessageReader READER = new PkiMessageReader(AlgorithmFloor.standard(), CRYPTO);
    private static final EnvelopeOpener OPENER = new EnvelopeOpener(CA, AlgorithmFloor.standard(), CRYPTO);
    private static final byte[] CONTENT = "some content".getBytes(StandardCharsets.UTF_8);
    private static final byte[] ENVELOPE = Envelope.seal(CONTENT, CA.certificate(), CRYPTO);
    private static final byte[] LIST = CertsOnly.encode(List.of(CA.certificate()));
    private static final byte[] MESSAGE = PkiMessageWriter.failure(TransactionId.of("42"), 2, "no")
            .senderNonce(Nonce.of(new byte[16]))
            .recipientNonce(Nonce.of(new byte[16]))
            .signingTime(Pki.NOW)
            .signedBy(CA, CRYPTO);
    private static final byte[] BER = Forge.signedBy(CA)
            .type(3)
            .status(2)
            .transaction("42")
            .content(CONTENT)
            .indefinite()
            .encoded();

    private static final int[] LEAVES = {1, 2, 3, 4, 5, 6, 12, 19, 23, 0x80, 0x81};
    private static final int[] NODES = {0x30, 0x30, 0x31, 0xA0, 0xA1, 0x24};
    private static final List<byte[]> OIDS = List.of(
            Asn1.der(CMSObjectIdentifiers.signedData),
            Asn1.der(CMSObjectIdentifiers.envelopedData),
            Asn1.der(CMSObjectIdentifiers.data),
            Asn1.der(AttributeId.CONTENT_TYPE.oid()));

    @FunctionalInterface
    private interface Reading {
        void of(byte[] bytes) throws ScepException;
    }

    private static final List<Reading> ALL = List.of(
            MessageProperties::message,
            OPENER::open,
            CertsOnly::decode,
            CertsOnly::decodeListOrOne,
            IssuerAndSubject::decode);

    private static void message(byte[] bytes) throws ScepException {
        SignedMessage message = READER.read(bytes);
        message.claimedSigner();
        message.claimedTransactionId();
        message.claimedSenderNonce();
        message.verify(KEYS);
    }

    private static boolean refused(Reading reading, byte[] bytes) {
        try {
            reading.of(bytes);
            return false;
        } catch (ScepException e) {
            return true;
        }
    }

    private static void readAll(byte[] bytes) {
        ALL.forEach(reading -> refused(reading, bytes));
    }

    @Property(tries = 2000)
    void arbitraryBytesNeverCrashAReader(@ForAll @Size(max = 300) byte[] bytes) {
        readAll(bytes);
    }

    /** Mostly well-formed values in one another, so that more than the first octet is read. */
    @Property(tries = 4000)
    void arbitraryStructuresNeverCrashAReader(@ForAll long seed) {
        readAll(structure(new Random(seed), 6));
    }

    private static byte[] structure(Random random, int depth) {
        if (depth == 0 || random.nextInt(3) == 0) {
            byte[] content = new byte[random.nextInt(12)];
            random.nextBytes(content);
            return value(LEAVES[random.nextInt(LEAVES.length)], content);
        }
        if (random.nextInt(4) == 0) {
            return OIDS.get(random.nextInt(OIDS.size()));
        }
        List<byte[]> inner = new ArrayList<>();
        for (int i = random.nextInt(5); i >= 0; i--) {
            inner.add(structure(random, depth - 1));
        }
        return value(NODES[random.nextInt(NODES.length)], joined(inner));
    }

    private static byte[] value(int tag, byte[] content) {
        byte[] length = content.length < 128
                ? new byte[] {(byte) tag, (byte) content.length}
                : new byte[] {(byte) tag, (byte) 0x82, (byte) (content.length >> 8), (byte) content.length};
        return joined(List.of(length, content));
    }

    private static byte[] joined(List<byte[]> parts) {
        byte[] whole = new byte[parts.stream().mapToInt(part -> part.length).sum()];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, whole, at, part.length);
            at += part.length;
        }
        return whole;
    }

    @Property(tries = 1500)
    void aMessageWithAFlippedBitIsNeverReadAsAnother(@ForAll @IntRange(max = 1 << 20) int bit) throws ScepException {
        for (byte[] original : List.of(MESSAGE, BER)) {
            byte[] flipped = flipped(original, bit);
            PkiMessage read;
            try {
                read = READER.read(flipped).verify(KEYS);
            } catch (ScepException e) {
                continue;
            }
            // What is not signed may change: the certificate that travels along, the version numbers and the like.
            PkiMessage expected = READER.read(original).verify(KEYS);
            assertEquals(expected.type(), read.type());
            assertEquals(expected.transactionId(), read.transactionId());
            assertEquals(expected.status(), read.status());
            assertEquals(expected.failInfo(), read.failInfo());
            assertEquals(expected.failInfoText(), read.failInfoText());
            assertEquals(expected.senderNonce(), read.senderNonce());
            assertEquals(expected.recipientNonce(), read.recipientNonce());
            if (!Arrays.equals(expected.envelope(), read.envelope())) {
                fail("content changed by bit " + bit);
            }
        }
    }

    @Property(tries = 1500)
    void anEnvelopeOrListWithAFlippedBitNeverCrashesAReader(@ForAll @IntRange(max = 1 << 20) int bit) {
        refused(OPENER::open, flipped(ENVELOPE, bit));
        refused(CertsOnly::decode, flipped(LIST, bit));
        refused(CertsOnly::decodeListOrOne, flipped(LIST, bit));
    }

    private static byte[] flipped(byte[] original, int bit) {
        byte[] flipped = original.clone();
        int place = bit % (original.length * 8);
        flipped[place / 8] ^= (byte) (1 << place % 8);
        return flipped;
    }

    @Property(tries = 400)
    void truncationsAreAlwaysRefused(@ForAll @IntRange(max = 1 << 20) int length) {
        for (byte[] original : List.of(MESSAGE, BER, ENVELOPE, LIST)) {
            byte[] truncated = Arrays.copyOf(original, length % original.length);

            ALL.forEach(reading -> assertEquals(true, refused(reading, truncated)));
        }
    }

    @Property(tries = 200)
    void whatIsSealedOpens(@ForAll byte[] content) throws ScepException {
        byte[] opened = OPENER.open(Envelope.seal(content, CA.certificate(), CRYPTO));

        assertEquals(true, Arrays.equals(content, opened));
    }

    @Property(tries = 100)
    void anyPlainTransactionIdIsEchoed(@ForAll @StringLength(min = 1, max = 255) String text) throws ScepException {
        byte[] sent = Forge.signedBy(CA)
                .type(3)
                .status(3)
                .with(AttributeId.TRANSACTION_ID, new DERUTF8String(text))
                .encoded();
        Optional<TransactionId> id = READER.read(sent).claimedTransactionId();
        boolean plain = text.chars().noneMatch(c -> Character.isISOControl(c) || Character.isSurrogate((char) c));

        assertEquals(plain ? Optional.of(text) : Optional.empty(), id.map(TransactionId::text));
    }
}
