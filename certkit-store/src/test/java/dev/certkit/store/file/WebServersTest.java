package dev.certkit.store.file;

import static dev.certkit.store.file.LayoutSamples.certified;
import static dev.certkit.store.file.LayoutSamples.pending;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.identity.CertifiedKey;
import dev.certkit.identity.PendingKey;
import dev.certkit.key.KeyType;
import dev.certkit.samples.SamplePki;
import dev.certkit.store.file.WebServer.Kind;
import dev.certkit.trust.TrustAnchors;
import dev.certkit.x509.DistinguishedName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Servers as Debian has them, started with what a layout wrote. */
@Tag("T6")
@Tag("T9")
class WebServersTest {
    private static final SamplePki PKI = LayoutSamples.pki();
    private static final TrustAnchors TRUSTED =
            TrustAnchors.of(PKI.root().chain().leaf());

    @TempDir
    Path temp;

    private static void assertServes(WebServer server, CertifiedKey key) throws IOException {
        List<X509Certificate> chain = key.chain().certificates();
        assertEquals(chain.subList(0, 2), server.served(chain.get(0), TRUSTED));
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void serveTheChainLeafFirstWithoutItsRootAndTheNewOneAfterARewriteAndAReload(Kind kind) throws IOException {
        kind.require();
        ServerFiles files = kind.layout().unencryptedIn(temp.resolve("certs"));
        PendingKey pending = pending();
        files.write("web", pending);
        CertifiedKey first = certified(PKI, pending);
        files.write("web", first);
        try (WebServer server = WebServer.start(kind, temp.resolve("home"), files)) {
            assertServes(server, first);
            CertifiedKey sameKey = certified(PKI, pending);
            files.write("web", sameKey);
            assertEquals(first.chain().leaf(), server.look(TRUSTED).get(0), "not before it is told");
            assertServes(server.reload(), sameKey);
            for (int i = 0; i < 3; i++) {
                CertifiedKey newKey = certified(PKI);
                files.write("web", newKey);
                assertServes(server.reload(), newKey);
            }
            String output = server.output();
            assertTrue(!output.toLowerCase(Locale.ROOT).contains("mismatch"), output);
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    @Tag("T7")
    void serveWhatWasMovedFromAnotherServersLayout(Kind kind) throws IOException {
        kind.require();
        FileLayout otherLayout = kind == Kind.HAPROXY ? FileLayout.apache() : FileLayout.haproxy();
        ServerFiles other = otherLayout.unencryptedIn(temp.resolve("other"));
        ServerFiles files = kind.layout().unencryptedIn(temp.resolve("certs"));
        CertifiedKey key = certified(PKI);
        other.write("web", key);
        other.moveTo(files, "web");
        try (WebServer server = WebServer.start(kind, temp.resolve("home"), files)) {
            assertServes(server, key);
        }
    }

    @Test
    void ofHaproxyLoadTheWholeDirectoryWhateverElseTheLayoutKeepsThere() throws IOException {
        Kind.HAPROXY.require();
        ServerFiles files = FileLayout.haproxy().unencryptedIn(temp.resolve("certs"));
        CertifiedKey key = certified(PKI);
        files.write("web", key);
        files.write("waiting.example.fr", pending());
        PendingKey uninstalled = pending();
        files.write("gone", uninstalled);
        files.write("gone", certified(PKI, uninstalled));
        files.uninstall("gone");
        for (int i = 0; i < 2; i++) {
            files.write(
                    "self",
                    CertifiedKey.selfSigned(DistinguishedName.cn("self.example.fr"))
                            .with(KeyType.EC_P256.generate()));
        }
        Files.createSymbolicLink(files.directory().resolve(".+5"), Path.of("nowhere"));
        try (WebServer server = WebServer.start(Kind.HAPROXY, temp.resolve("home"), files)) {
            assertServes(server, key);
        }
    }
}
