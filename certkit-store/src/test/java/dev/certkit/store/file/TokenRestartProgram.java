package dev.certkit.store.file;

import dev.certkit.identity.CertifiedKey;
import dev.certkit.key.Pkcs11Token;
import dev.certkit.shelf.Identities;
import dev.certkit.shelf.KeyUnavailableException;
import dev.certkit.tls.TlsContext;
import dev.certkit.tokens.SoftToken;
import dev.certkit.trust.TrustAnchors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.Security;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/** The process after the restart: installs the answer, serves with it, or looks without the token. */
final class TokenRestartProgram {
    private TokenRestartProgram() {}

    public static void main(String[] args) throws Exception {
        SoftToken soft = new SoftToken(Path.of(args[0]), Path.of(args[1]), Long.parseLong(args[2]));
        try (DirectoryStorage storage = DirectoryStorage.at(Path.of(args[3]))) {
            if (args[4].equals("without")) {
                System.out.println(without(Identities.in(storage).unencrypted()));
                return;
            }
            try (Pkcs11Token token = soft.open()) {
                Identities identities = Identities.in(storage).keysIn(token).unencrypted();
                System.out.println(args[4].equals("install") ? install(identities) : serve(identities));
            }
        }
    }

    private static String without(Identities identities) throws IOException {
        try {
            return "found " + identities.find("web");
        } catch (KeyUnavailableException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private static String install(Identities identities) throws Exception {
        identities.install(
                "web",
                TokenRestartTest.certified(identities.pending("web").orElseThrow())
                        .chain());
        return "installed";
    }

    private static String serve(Identities identities) throws Exception {
        Security.addProvider(Pkcs11Token.signatures());
        CertifiedKey web = identities.find("web").orElseThrow();
        TrustAnchors anchors = TrustAnchors.of(
                web.chain().certificates().get(web.chain().certificates().size() - 1));
        SSLContext context =
                TlsContext.trusting(anchors).presenting(identities.live("web")).toSslContext();
        try (SSLServerSocket server =
                        (SSLServerSocket) context.getServerSocketFactory().createServerSocket(0);
                SSLSocket client =
                        (SSLSocket) context.getSocketFactory().createSocket("localhost", server.getLocalPort())) {
            CompletableFuture<Void> visitor = CompletableFuture.runAsync(() -> welcome(server));
            client.startHandshake();
            int greeting = client.getInputStream().read();
            visitor.join();
            return client.getSession().getProtocol()
                    + (greeting == '!' && web.privateKey().getEncoded() == null
                            ? " with a key that does not leave its token"
                            : " with " + greeting);
        }
    }

    private static void welcome(SSLServerSocket server) {
        try (SSLSocket accepted = (SSLSocket) server.accept()) {
            accepted.getOutputStream().write('!');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
