package dev.certkit.format;

import static dev.certkit.format.Samples.CHAIN;
import static dev.certkit.format.Samples.CHAIN_PEM;
import static dev.certkit.format.Samples.KEY_PEM;
import static dev.certkit.format.Samples.LEAF;
import static dev.certkit.format.Samples.LEAF_PEM;
import static dev.certkit.format.Samples.PRIVATE;
import static dev.certkit.format.Samples.REQUEST;
import static dev.certkit.format.Samples.ROOT_PEM;
import static dev.certkit.format.Samples.SECRET;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.peers.Peer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What other programs print and write, read as it comes. */
@Tag("W7")
@Tag("T3")
@Tag("G7")
class PastedPeersTest {
    @TempDir
    Path directory;

    @BeforeEach
    void files() throws Exception {
        Files.writeString(directory.resolve("key.pem"), KEY_PEM);
        Files.writeString(directory.resolve("leaf.pem"), LEAF_PEM);
        Files.writeString(directory.resolve("root.pem"), ROOT_PEM);
        Files.writeString(directory.resolve("chain.pem"), CHAIN_PEM);
        Files.writeString(directory.resolve("request.pem"), REQUEST.toPem());
    }

    private byte[] run(String program, String arguments) {
        return Peer.require(program)
                .run(directory, arguments.split(" "))
                .succeeded()
                .outBytes();
    }

    @Test
    void opensslTextBeforeACertificate() throws Exception {
        Pasted pasted = Pasted.decode(run("openssl", "x509 -in leaf.pem -text"));
        assertEquals(List.of(LEAF), pasted.certificates());
        assertEquals(List.of(), pasted.strays());
    }

    @Test
    void opensslTextBeforeARequest() throws Exception {
        assertEquals(
                1,
                Pasted.decode(run("openssl", "req -in request.pem -text"))
                        .requests()
                        .size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"PEM", "DER"})
    void opensslPkcs7(String form) throws Exception {
        byte[] bag = run("openssl", "crl2pkcs7 -nocrl -certfile chain.pem -outform " + form);
        assertEquals(Set.copyOf(CHAIN), Set.copyOf(Pasted.decode(bag).certificates()));
    }

    @Test
    void opensslPkcs12PrintedWithBagAttributes() throws Exception {
        Files.write(
                directory.resolve("web.p12"), Pkcs12.of("web", PRIVATE, CHAIN).encode(SECRET, Pkcs12Profile.JAVA8));
        byte[] printed = Peer.require("openssl")
                .run(directory, "pkcs12", "-in", "web.p12", "-passin", "pass:correct horse", "-nodes")
                .succeeded()
                .outBytes();
        Pasted pasted = Pasted.decode(printed);
        assertEquals(CHAIN, pasted.certificates());
        assertEquals(List.of(), pasted.missing());
        assertEquals(List.of(), pasted.strays());
    }

    @Test
    void opensslTrustedCertificate() throws Exception {
        byte[] trusted = run("openssl", "x509 -in leaf.pem -trustout -addtrust serverAuth -setalias printer");
        assertEquals(List.of(LEAF), Pasted.decode(trusted).certificates());
    }

    @Test
    void opensslCurveBeforeItsKey() throws Exception {
        Pasted pasted = Pasted.decode(run("openssl", "ecparam -name prime256v1 -genkey"));
        assertEquals(1, pasted.privateKeys().size());
        assertEquals(
                "EC parameters, which the key repeats", pasted.strays().get(0).reason());
    }

    @Test
    void opensslKeyOnACurveOfItsOwnIsRefusedByName() {
        byte[] explicit = run("openssl", "ecparam -name prime256v1 -genkey -noout -param_enc explicit");
        MalformedEncodingException refused =
                assertThrows(MalformedEncodingException.class, () -> Pasted.decode(explicit));
        assertTrue(refused.getMessage().contains("explicit parameters"), refused.getMessage());
        assertTrue(refused.getMessage().contains("PEM block 1, EC PRIVATE KEY, line 1"), refused.getMessage());
    }

    @Test
    void certtoolPrintsAndWrites() throws Exception {
        assertEquals(
                List.of(LEAF),
                Pasted.decode(run("certtool", "--certificate-info --infile leaf.pem"))
                        .certificates());
        assertEquals(
                List.of(LEAF),
                Pasted.decode(run("certtool", "--certificate-info --infile leaf.pem --outder"))
                        .certificates());
    }

    @Test
    void certtoolPkcs7() throws Exception {
        byte[] bag = run("certtool", "--p7-generate --load-certificate chain.pem");
        assertEquals(Set.copyOf(CHAIN), Set.copyOf(Pasted.decode(bag).certificates()));
    }

    @Test
    void certutilOfNssPrintsPem() throws Exception {
        run("certutil", "-N -d . --empty-password");
        run("certutil", "-A -d . -n leaf -t ,, -a -i leaf.pem");
        assertEquals(
                List.of(LEAF),
                Pasted.decode(run("certutil", "-L -d . -n leaf -a")).certificates());
        assertEquals(
                List.of(LEAF),
                Pasted.decode(run("certutil", "-L -d . -n leaf -r")).certificates());
    }

    @Test
    void strongswanWritesPem() throws Exception {
        byte[] made = run("pki", "--gen --type ecdsa --size 256 --outform pem");
        assertEquals(1, Pasted.decode(made).privateKeys().size());
    }

    @Test
    void storeOfAuthoritiesOfTheRunningJdk() throws Exception {
        byte[] store = Files.readAllBytes(Path.of(System.getProperty("java.home"), "lib", "security", "cacerts"));
        Pasted pasted = Pasted.decode(store);
        assertTrue(pasted.certificates().size() > 50, pasted.toString());
        assertEquals(List.of(), pasted.locked());
        assertEquals(List.of(), pasted.strays());
    }
}
