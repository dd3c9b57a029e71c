package dev.certkit.tokens;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.format.PrivateKeys;
import dev.certkit.identity.CertificateChain;
import dev.certkit.identity.CertificationRequest;
import dev.certkit.identity.CertifiedKey;
import dev.certkit.identity.KeyMismatchException;
import dev.certkit.identity.PendingKey;
import dev.certkit.issue.Enrolment;
import dev.certkit.issue.LocalAuthority;
import dev.certkit.key.KeyType;
import dev.certkit.key.Pkcs11Token;
import dev.certkit.tls.TlsContext;
import dev.certkit.trust.TrustAnchors;
import dev.certkit.x509.CertificateProfile;
import dev.certkit.x509.DistinguishedName;
import dev.certkit.x509.ExtendedKeyUsage;
import java.io.IOException;
import java.security.KeyPair;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Security;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What certkit does with a key, done with one that it cannot read. */
@Tag("S2")
@ExtendWith(TokenJvm.class)
class TokenIdentityTest {
    private static final DistinguishedName NAME = DistinguishedName.cn("localhost");

    private static CertifiedKey selfSigned(KeyPair keys) {
        return CertifiedKey.selfSigned(NAME)
                .san("localhost", "127.0.0.1")
                .profile(CertificateProfile.tlsServer()
                        .forPurposes(ExtendedKeyUsage.SERVER_AUTH, ExtendedKeyUsage.CLIENT_AUTH))
                .with(keys);
    }

    @Test
    @Tag("W1")
    void aSelfSignedCertificateIsMadeAndFoundToMatch(SoftToken soft) throws Exception {
        List<Provider> registered = List.of(Security.getProviders());
        try (Pkcs11Token token = soft.open()) {
            for (KeyType type : List.of(KeyType.RSA_2048, KeyType.EC_P256, KeyType.EC_P521)) {
                KeyPair keys = token.generate(type.name(), type);
                KeyPair stranger = token.generate("not " + type.name(), type);
                CertificateChain chain = selfSigned(keys).chain();
                chain.leaf().verify(keys.getPublic());
                CertifiedKey again = CertifiedKey.of(token.keyPair(type.name()).getPrivate(), chain);
                assertNull(again.privateKey().getEncoded());
                assertThrows(KeyMismatchException.class, () -> CertifiedKey.of(stranger.getPrivate(), chain));
            }
        }
        assertEquals(registered, List.of(Security.getProviders()));
    }

    @Test
    @Tag("W5")
    void aRequestIsSignedAndLaterFoundToMatch(SoftToken soft) throws Exception {
        CertificationRequest request;
        try (Pkcs11Token token = soft.open()) {
            KeyPair keys = token.generate("web", KeyType.RSA_2048);
            request = CertificationRequest.parse(CertificationRequest.forSubject(NAME)
                    .signedBy(keys)
                    .request()
                    .toPem());
            token.generate("stranger", KeyType.RSA_2048);
        }
        try (Pkcs11Token token = soft.open()) {
            PendingKey pending = PendingKey.of(token.keyPair("web").getPrivate(), request);
            assertNull(pending.privateKey().getEncoded());
            KeyPair stranger = token.keyPair("stranger");
            assertThrows(KeyMismatchException.class, () -> PendingKey.of(stranger.getPrivate(), request));
        }
    }

    @Test
    void anAuthorityWhoseKeyIsInTheTokenIssues(SoftToken soft) throws Exception {
        try (Pkcs11Token token = soft.open()) {
            CertifiedKey root = CertifiedKey.selfSigned(DistinguishedName.cn("Root in a token"))
                    .profile(CertificateProfile.authority())
                    .with(token.generate("root", KeyType.EC_P384));
            PendingKey pending = CertificationRequest.forSubject(NAME)
                    .san("localhost")
                    .signedBy(token.generate("web", KeyType.RSA_2048));
            Enrolment enrolment = LocalAuthority.of(root).enrol(pending);
            CertifiedKey web = assertInstanceOf(Enrolment.Issued.class, enrolment, enrolment::toString)
                    .key();
            web.chain().leaf().verify(root.chain().leaf().getPublicKey());
            assertNull(web.privateKey().getEncoded());
        }
    }

    @Test
    void theKeyIsNotWrittenToAFile(SoftToken soft) throws Exception {
        try (Pkcs11Token token = soft.open()) {
            CertifiedKey web = selfSigned(token.generate("web", KeyType.EC_P256));
            String message = assertThrows(
                            IllegalArgumentException.class, () -> PrivateKeys.toUnencryptedPem(web.privateKey()))
                    .getMessage();
            assertTrue(message.contains("does not leave its token"), message);
        }
    }

    @Test
    void tlsWithoutTheProviderSaysWhatToDo(SoftToken soft) throws Exception {
        try (Pkcs11Token token = soft.open()) {
            CertifiedKey web = selfSigned(token.generate("web", KeyType.EC_P256));
            String message = assertThrows(IllegalStateException.class, () -> TlsContext.presenting(web)
                            .toSslContext())
                    .getMessage();
            assertTrue(message.contains("Security.addProvider(Pkcs11Token.signatures())"), message);
        }
    }

    @Test
    void tlsServesAndVisitsWithTheKeyInTheToken(SoftToken soft) throws Exception {
        Security.addProvider(Pkcs11Token.signatures());
        try (Pkcs11Token token = soft.open()) {
            for (KeyType type : List.of(KeyType.RSA_2048, KeyType.RSA_3072, KeyType.EC_P256, KeyType.EC_P384)) {
                CertifiedKey web = selfSigned(token.generate(type.name(), type));
                SSLContext context = TlsContext.trusting(
                                TrustAnchors.of(web.chain().leaf()))
                        .presenting(web)
                        .toSslContext();
                for (String protocol : List.of("TLSv1.2", "TLSv1.3")) {
                    PublicKey key = web.chain().leaf().getPublicKey();
                    assertEquals(List.of(key, key), keysShown(context, protocol));
                }
                assertNull(web.privateKey().getEncoded());
            }
        }
    }

    /** What the server showed, and what the client showed. */
    private static List<PublicKey> keysShown(SSLContext context, String protocol) throws Exception {
        try (SSLServerSocket server =
                        (SSLServerSocket) context.getServerSocketFactory().createServerSocket(0);
                SSLSocket client =
                        (SSLSocket) context.getSocketFactory().createSocket("localhost", server.getLocalPort())) {
            server.setNeedClientAuth(true);
            client.setEnabledProtocols(new String[] {protocol});
            CompletableFuture<PublicKey> visitor = CompletableFuture.supplyAsync(() -> welcome(server));
            client.startHandshake();
            assertEquals(protocol, client.getSession().getProtocol());
            assertEquals('!', client.getInputStream().read());
            return List.of(client.getSession().getPeerCertificates()[0].getPublicKey(), visitor.get());
        }
    }

    private static PublicKey welcome(SSLServerSocket server) {
        try (SSLSocket accepted = (SSLSocket) server.accept()) {
            accepted.getOutputStream().write('!');
            return ((X509Certificate) accepted.getSession().getPeerCertificates()[0]).getPublicKey();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void theSameProviderServesATokenThatIsOpenedAgain(SoftToken soft) throws Exception {
        Security.addProvider(Pkcs11Token.signatures());
        CertificateChain chain;
        try (Pkcs11Token token = soft.open()) {
            CertifiedKey web = selfSigned(token.generate("web", KeyType.EC_P256));
            TlsContext.presenting(web).toSslContext();
            chain = web.chain();
        }
        try (Pkcs11Token token = soft.open()) {
            CertifiedKey web = CertifiedKey.of(token.keyPair("web").getPrivate(), chain);
            SSLContext context = TlsContext.trusting(TrustAnchors.of(chain.leaf()))
                    .presenting(web)
                    .toSslContext();
            assertEquals(2, keysShown(context, "TLSv1.3").size());
        }
    }
}
