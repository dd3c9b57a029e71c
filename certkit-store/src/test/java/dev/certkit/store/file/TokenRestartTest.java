package dev.certkit.store.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.identity.CertificationRequest;
import dev.certkit.identity.CertifiedKey;
import dev.certkit.identity.PendingKey;
import dev.certkit.issue.Enrolment;
import dev.certkit.issue.LocalAuthority;
import dev.certkit.key.KeyType;
import dev.certkit.key.Pkcs11Token;
import dev.certkit.peers.Peer;
import dev.certkit.shelf.Identities;
import dev.certkit.tokens.SoftToken;
import dev.certkit.tokens.TokenJvm;
import dev.certkit.x509.CertificateProfile;
import dev.certkit.x509.DistinguishedName;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A device restarts: the record is in a directory, the key in a token, and both are opened by a process that knows neither. */
@Tag("S2")
@Tag("S15")
@ExtendWith(TokenJvm.class)
class TokenRestartTest {
    @Test
    void aRequestOutlivesTheProcessAndTlsIsServedWithTheKeyInTheToken(SoftToken soft) throws Exception {
        Path directory = soft.directory().resolve("store");
        try (DirectoryStorage storage = DirectoryStorage.at(directory);
                Pkcs11Token token = soft.open()) {
            Identities.in(storage)
                    .keysIn(token)
                    .unencrypted()
                    .request(
                            "web",
                            CertificationRequest.forSubject(DistinguishedName.cn("localhost"))
                                    .san("localhost"),
                            KeyType.EC_P256);
        }
        assertEquals("installed", restarted(soft, directory, "install"));
        assertEquals("TLSv1.3 with a key that does not leave its token", restarted(soft, directory, "serve"));
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                assertFalse(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains("PRIVATE KEY"));
            }
        }
        assertTrue(restarted(soft, directory, "without").contains("open that token"));
    }

    /** Inherits where SoftHSM finds its tokens. */
    private static String restarted(SoftToken soft, Path directory, String what) {
        List<String> command = List.of(
                "-c",
                "exec \"$@\"",
                "sh",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=error",
                "-cp",
                System.getProperty("java.class.path"),
                TokenRestartProgram.class.getName(),
                soft.library().toString(),
                soft.directory().toString(),
                Long.toString(soft.slot()),
                directory.toString(),
                what);
        return Peer.require("sh")
                .run(soft.directory(), command.toArray(String[]::new))
                .succeeded()
                .out()
                .strip();
    }

    /** As any authority would answer. */
    static CertifiedKey certified(PendingKey pending) throws Exception {
        LocalAuthority authority = LocalAuthority.of(CertifiedKey.selfSigned(DistinguishedName.cn("Root"))
                .profile(CertificateProfile.authority())
                .with(KeyType.EC_P256.generate()));
        return ((Enrolment.Issued) authority.enrol(pending)).key();
    }
}
