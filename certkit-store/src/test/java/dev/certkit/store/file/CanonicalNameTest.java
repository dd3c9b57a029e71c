package dev.certkit.store.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.certkit.format.PemBlock;
import dev.certkit.internal.der.Der;
import dev.certkit.internal.der.DerException;
import dev.certkit.internal.der.Tag;
import dev.certkit.peers.Peer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The hash of a name, compared with OpenSSL's own. */
@org.junit.jupiter.api.Tag("T6")
class CanonicalNameTest {
    @TempDir
    Path temp;

    private final Peer openssl = Peer.require("openssl");

    private String opensslsHash(byte[] name) throws IOException {
        Path file = temp.resolve("a.pem");
        Files.writeString(
                file,
                PemBlock.encode("CERTIFICATE", OddNames.certificate(name, 1).encoded()));
        return openssl.run(temp, "x509", "-noout", "-subject_hash", "-in", "a.pem")
                .succeeded()
                .out()
                .strip();
    }

    @Test
    void isOpensslsForEveryOddName() throws IOException {
        Map<String, String> expected = new LinkedHashMap<>();
        Map<String, String> found = new LinkedHashMap<>();
        for (Map.Entry<String, byte[]> odd : OddNames.byOddity().entrySet()) {
            expected.put(odd.getKey(), opensslsHash(odd.getValue()));
            found.put(odd.getKey(), CanonicalName.hash(odd.getValue()));
        }
        assertEquals(expected, found);
    }

    @Test
    void isOpensslsForRandomNames() throws IOException {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int i = 0; i < 150; i++) {
            byte[] name = OddNames.random(random);
            assertEquals(
                    opensslsHash(name), CanonicalName.hash(name), () -> "seed " + seed + ": " + Arrays.toString(name));
        }
    }

    @Test
    void isOpensslsForTheIssuerOfARevocationList() throws IOException {
        byte[] issuer = OddNames.cn("  Some   CA ");
        Files.writeString(
                temp.resolve("a.crl"),
                PemBlock.encode("X509 CRL", OddNames.revocationList(issuer, Instant.parse("2026-01-01T00:00:00Z"))));
        String hash = openssl.run(temp, "crl", "-noout", "-hash", "-in", "a.crl")
                .succeeded()
                .out()
                .strip();
        assertEquals(hash, CanonicalName.hash(issuer));
        assertEquals(hash, CanonicalName.hash(OddNames.cn("some ca")));
    }

    @Test
    void isRefusedWhereOpensslRefusesTheCertificate() throws IOException {
        byte[][] names = {
            attribute(Tag.UTF8_STRING, new byte[] {(byte) 0xC3}),
            attribute(Tag.UTF8_STRING, new byte[] {(byte) 0xC0, (byte) 0x80}),
            attribute(Tag.BMP_STRING, new byte[] {0}),
            attribute(Tag.BMP_STRING, new byte[] {(byte) 0xD8, 0, (byte) 0xDC, 0}),
            attribute(Tag.UTF8_STRING, new byte[] {(byte) 0xED, (byte) 0xA0, (byte) 0x80}),
            attribute(Tag.BMP_STRING, new byte[] {(byte) 0xDC, 0}),
            attribute(Tag.UNIVERSAL_STRING, new byte[] {0, 0, (byte) 0xD8, 0}),
            attribute(Tag.UNIVERSAL_STRING, new byte[] {0, 0, 0}),
            attribute(Tag.UNIVERSAL_STRING, new byte[] {0, 0x11, 0, 0}),
        };
        for (byte[] name : names) {
            Files.writeString(
                    temp.resolve("a.pem"),
                    PemBlock.encode("CERTIFICATE", OddNames.certificate(name, 1).encoded()));
            openssl.run(temp, "x509", "-noout", "-subject_hash", "-in", "a.pem").failed();
            assertThrows(DerException.class, () -> CanonicalName.hash(name), () -> Arrays.toString(name));
        }
        assertThrows(DerException.class, () -> CanonicalName.hash("no name".getBytes(StandardCharsets.US_ASCII)));
    }

    private static byte[] attribute(int tag, byte[] content) {
        return OddNames.name(OddNames.rdn(OddNames.attribute("2.5.4.3", tag, content)));
    }

    @Test
    void ofAnEmptyRdnIsThatOfTheNameWithoutIt() throws IOException {
        byte[] with =
                Der.sequence(Der.tagged(Tag.SET), OddNames.rdn(OddNames.attribute("2.5.4.3", 12, new byte[] {'a'})));
        assertEquals(CanonicalName.hash(OddNames.cn("A")), CanonicalName.hash(with));
    }
}
