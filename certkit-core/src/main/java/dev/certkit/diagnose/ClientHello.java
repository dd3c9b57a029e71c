package dev.certkit.diagnose;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The greeting of a TLS client (RFC 5246, section 7.4.1.2; RFC 8446, section 4.1.2), offering what a list says. */
final class ClientHello {
    private static final int SERVER_NAME = 0;
    private static final int GROUPS = 10;
    private static final int POINT_FORMATS = 11;
    private static final int SIGNATURES = 13;
    private static final int MASTER_SECRET = 23;
    private static final int VERSIONS = 43;
    private static final int PSK_MODES = 45;
    private static final int KEY_SHARE = 51;
    private static final int RENEGOTIATION = 0xFF01;

    private static final int X25519 = 0x1D;
    private static final int[] ALL_GROUPS = {X25519, 0x17, 0x18, 0x19, 0x1E, 0x100};
    /** ECDSA, EdDSA, PSS and PKCS#1 with SHA-2, then SHA-1: whatever the server has shall be shown. */
    private static final int[] ALL_SIGNATURES = {
        0x0403, 0x0503, 0x0603, 0x0807, 0x0808, 0x0804, 0x0805, 0x0806, 0x0809, 0x080A, 0x080B, 0x0401, 0x0501, 0x0601,
        0x0402, 0x0203, 0x0201, 0x0202
    };

    private final Version version;
    private final List<Integer> suites;
    private final Optional<String> serverName;

    ClientHello(Version version, List<Integer> suites, Optional<String> serverName) {
        this.version = version;
        this.suites = suites;
        this.serverName = serverName;
    }

    /** As one record. */
    byte[] encoded() {
        Octets body = new Octets();
        body.number(Math.min(version.number(), Version.TLS_1_2.number()), 2);
        body.random(32);
        boolean newest = version == Version.TLS_1_3;
        body.vector(1, session -> session.random(newest ? 32 : 0));
        body.vector(2, list -> suites.forEach(suite -> list.number(suite, 2)));
        body.vector(1, compression -> compression.number(0, 1));
        if (version != Version.SSL_3_0) {
            body.vector(2, this::extensions);
        }
        Octets record = new Octets();
        record.number(Records.HANDSHAKE, 1);
        record.number(Math.min(version.number(), Version.TLS_1_0.number()), 2);
        record.vector(2, message -> {
            message.number(1, 1);
            message.vector(3, hello -> hello.writeBytes(body.toByteArray()));
        });
        return record.toByteArray();
    }

    private void extensions(Octets out) {
        serverName.ifPresent(name -> out.extension(
                SERVER_NAME,
                it -> it.vector(2, list -> {
                    list.number(0, 1);
                    list.vector(2, host -> host.writeBytes(name.getBytes(StandardCharsets.US_ASCII)));
                })));
        out.extension(GROUPS, it -> it.vector(2, list -> list.numbers(ALL_GROUPS)));
        out.extension(POINT_FORMATS, it -> it.vector(1, list -> list.number(0, 1)));
        if (!version.isOld()) {
            out.extension(SIGNATURES, it -> it.vector(2, list -> list.numbers(ALL_SIGNATURES)));
        }
        out.extension(MASTER_SECRET, it -> {});
        out.extension(RENEGOTIATION, it -> it.number(0, 1));
        if (version == Version.TLS_1_3) {
            extensionsOf1_3(out);
        }
    }

    /** Any 32 octets are a point on X25519; nobody will ever use this one. */
    private static void extensionsOf1_3(Octets out) {
        out.extension(VERSIONS, it -> it.vector(1, list -> list.number(Version.TLS_1_3.number(), 2)));
        out.extension(PSK_MODES, it -> it.vector(1, list -> list.number(1, 1)));
        out.extension(
                KEY_SHARE,
                it -> it.vector(2, list -> {
                    list.number(X25519, 2);
                    list.vector(2, share -> share.random(32));
                }));
    }

    /** Numbers and vectors as TLS writes them. */
    private static final class Octets extends ByteArrayOutputStream {
        void number(int value, int width) {
            for (int shift = 8 * (width - 1); shift >= 0; shift -= 8) {
                write(value >>> shift);
            }
        }

        void numbers(int... values) {
            for (int value : values) {
                number(value, 2);
            }
        }

        void random(int count) {
            byte[] octets = new byte[count];
            new SecureRandom().nextBytes(octets);
            writeBytes(octets);
        }

        void vector(int lengthWidth, Consumer<Octets> content) {
            Octets inner = new Octets();
            content.accept(inner);
            number(inner.size(), lengthWidth);
            writeBytes(inner.toByteArray());
        }

        void extension(int type, Consumer<Octets> content) {
            number(type, 2);
            vector(2, content);
        }
    }
}
