package dev.certkit.trust;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.internal.der.Der;
import dev.certkit.samples.ForgedCertificate;
import dev.certkit.samples.ForgedCertificate.Field;
import dev.certkit.x509.EncodedCertificate;
import dev.certkit.x509.ExtendedKeyUsage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Nothing but verdicts comes out, whatever comes in; and nobody can change an octet of what is trusted. */
class VerdictProperties {
    private static final Holder ROOT = Holder.named("Root");
    private static final Holder UPPER = Holder.named("Upper");
    private static final Holder LOWER = Holder.named("Lower");
    private static final Holder PRINTER = Holder.named(Holder.HOST);
    private static final EncodedCertificate ANCHOR = ROOT.root();
    private static final List<EncodedCertificate> CHAIN = List.of(
            PRINTER.serverBy(LOWER, VerdictProperties::rich),
            LOWER.authorityBy(UPPER),
            UPPER.authorityBy(
                    ROOT,
                    forged -> forged.with(
                            ForgedCertificate.NAME_CONSTRAINTS,
                            true,
                            NameText.constraints(
                                    List.of("+dns fr", "+ip 192.0.2.0/255.255.255.0", "-dir C=DE", "-uri de")))));
    private static final TrustPolicy POLICY =
            TrustPolicy.pkix(Holder.anchors(ANCHOR)).and(TrustPolicy.hostname().legacyCommonName());

    private static ForgedCertificate rich(ForgedCertificate plain) {
        return plain.with(
                        ForgedCertificate.NAMES,
                        false,
                        Der.sequence(
                                NameText.der("dns printer-7.example.fr"),
                                NameText.der("uri https://printer-7.example.fr/"),
                                NameText.der("mail a@example.fr"),
                                NameText.der("dir CN=a,C=FR"),
                                NameText.der("other 1.3.6.1.5.5.7.8.9=é@example.fr"),
                                NameText.der("ip 192.0.2.7")))
                .with("2.5.29.32", false, Der.sequence(Der.sequence(Der.oid("1.2.3"))));
    }

    private static List<byte[]> chain() {
        List<byte[]> chain = new ArrayList<>();
        CHAIN.forEach(each -> chain.add(each.encoded()));
        return chain;
    }

    private static TrustVerdict judge(List<byte[]> chain) {
        return POLICY.judge(PresentedChain.decode(chain, Holder.NOW)
                .by(new Peer(Holder.HOST, 443))
                .forPurpose(ExtendedKeyUsage.SERVER_AUTH));
    }

    /** That it is printable, short and complete. */
    private static void assertSound(TrustVerdict verdict) {
        verdict.fold(trusted -> List.<TrustReason>of(), TrustVerdict.Untrusted::reasons)
                .forEach(reason -> {
                    assertTrue(reason.text().length() < 1500, reason::text);
                    assertTrue(
                            reason.text().chars().noneMatch(c -> Character.isISOControl(c) || c == 0x202E),
                            reason::text);
                    assertFalse(reason.remedy().isEmpty());
                    assertEquals(TrustCode.of(reason.getClass()), reason.code());
                    assertTrue(reason.place() >= 0);
                });
        assertFalse(verdict.toString().isEmpty());
    }

    @Example
    void theChainAsItIsIsTrusted() {
        assertTrue(judge(chain()).isTrusted(), () -> judge(chain()).toString());
    }

    @Example
    void noOctetOfATrustedPathCanBeChanged() {
        for (int place = 0; place < CHAIN.size(); place++) {
            byte[] original = CHAIN.get(place).encoded();
            for (int at = 0; at < original.length; at++) {
                for (int bit : new int[] {0, 5, 7}) {
                    List<byte[]> chain = chain();
                    chain.get(place)[at] ^= (byte) (1 << bit);
                    TrustVerdict verdict = judge(chain);
                    assertFalse(verdict.isTrusted(), "certificate " + place + ", octet " + at + ", bit " + bit);
                    assertSound(verdict);
                }
            }
        }
    }

    @Example
    void noOtherEncodingOfATrustedCertificateIsTrusted() {
        byte[] der = CHAIN.get(0).encoded();
        byte[] longer = new byte[der.length + 1];
        longer[0] = der[0];
        longer[1] = (byte) 0x83;
        System.arraycopy(der, 2, longer, 3, der.length - 2);
        assertEquals((byte) 0x82, der[1]);
        List<byte[]> chain = chain();
        chain.set(0, longer);
        assertFalse(judge(chain).isTrusted());
    }

    @Provide
    Arbitrary<byte[]> octets() {
        return Arbitraries.bytes().array(byte[].class).ofMaxSize(300);
    }

    @Property(tries = 1000)
    void randomOctetsGetAVerdict(@ForAll("octets") byte[] first, @ForAll("octets") byte[] second) {
        assertSound(judge(List.of(first, second)));
        assertSound(judge(List.of(CHAIN.get(0).encoded(), first, second)));
    }

    @Property(tries = 1500, edgeCases = EdgeCasesMode.NONE)
    void damagedChainsGetAVerdict(@ForAll Random random) {
        List<byte[]> chain = chain();
        for (int i = random.nextInt(3); i >= 0; i--) {
            int place = random.nextInt(chain.size());
            chain.set(place, damaged(chain.get(place), random));
        }
        assertSound(judge(chain));
    }

    private static byte[] damaged(byte[] der, Random random) {
        int at = random.nextInt(der.length + 1);
        return switch (random.nextInt(4)) {
            case 0 -> Arrays.copyOf(der, at);
            case 1 -> spliced(der, at, new byte[0], Math.min(der.length - at, 1 + random.nextInt(20)));
            case 2 -> spliced(der, at, bytes(random, 1 + random.nextInt(20)), 0);
            default -> spliced(der, at, bytes(random, 1 + random.nextInt(3)), Math.min(der.length - at, 2));
        };
    }

    private static byte[] bytes(Random random, int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] spliced(byte[] der, int at, byte[] in, int out) {
        byte[] changed = new byte[der.length + in.length - out];
        System.arraycopy(der, 0, changed, 0, at);
        System.arraycopy(in, 0, changed, at, in.length);
        System.arraycopy(der, at + out, changed, at + in.length, der.length - at - out);
        return changed;
    }

    /** Signed anew, so that everything behind the signature sees the damage. */
    @Property(tries = 1500, edgeCases = EdgeCasesMode.NONE)
    void extensionsAndNamesThatAreSignedButDamagedGetAVerdict(@ForAll Random random) {
        EncodedCertificate leaf = PRINTER.serverBy(LOWER, forged -> inside(rich(forged), random));
        EncodedCertificate lower = LOWER.authorityBy(UPPER, forged -> inside(forged, random));
        assertSound(judge(List.of(
                leaf.encoded(),
                lower.encoded(),
                CHAIN.get(2).encoded(),
                CHAIN.get(1).encoded())));
    }

    private static final List<String> EXTENSIONS = List.of(
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

    private static ForgedCertificate inside(ForgedCertificate sound, Random random) {
        ForgedCertificate forged = sound;
        for (int i = random.nextInt(3); i > 0; i--) {
            String oid = EXTENSIONS.get(random.nextInt(EXTENSIONS.size()));
            byte[] value = random.nextBoolean()
                    ? bytes(random, random.nextInt(30))
                    : damaged(
                            Der.sequence(NameText.der("dns a.fr"), Der.sequence(Der.oid("1.2.3")), Der.integer(1)),
                            random);
            forged = forged.with(oid, random.nextBoolean(), value);
        }
        return random.nextInt(4) > 0
                ? forged
                : forged.with(
                        Field.SUBJECT, Der.tagged(0x30, damaged(PRINTER.name().encoded(), random)));
    }

    @Property(tries = 1000)
    void everyHostGetsAVerdict(@ForAll String host) {
        if (!host.isEmpty()) {
            assertSound(POLICY.judge(PresentedChain.decode(chain(), Holder.NOW).by(new Peer(host, 443))));
        }
    }
}
