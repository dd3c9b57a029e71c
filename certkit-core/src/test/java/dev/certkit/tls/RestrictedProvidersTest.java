package dev.certkit.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A JVM whose security properties name few providers, as where only validated ones are allowed. */
@Timeout(120)
class RestrictedProvidersTest {
    private static final List<String> PROVIDERS = List.of("SUN", "SunRsaSign", "SunEC", "SunJCE", "SunJSSE");

    @TempDir
    private Path directory;

    @Test
    void bothSidesOfTlsNeedNoOtherThanThoseAndRegisterNone() throws IOException, InterruptedException {
        Stream.Builder<String> lines = Stream.builder();
        for (int i = 0; i < PROVIDERS.size(); i++) {
            lines.add("security.provider." + (i + 1) + "=" + PROVIDERS.get(i));
        }
        lines.add("securerandom.source=file:/dev/urandom");
        lines.add("securerandom.strongAlgorithms=NativePRNGBlocking:SUN");
        lines.add("keystore.type=pkcs12");
        lines.add("ssl.KeyManagerFactory.algorithm=SunX509");
        lines.add("ssl.TrustManagerFactory.algorithm=PKIX");
        lines.add(
                "jdk.tls.disabledAlgorithms=SSLv3, TLSv1, TLSv1.1, RC4, DES, MD5withRSA, DH keySize < 1024, NULL, anon");
        lines.add("jdk.certpath.disabledAlgorithms=MD2, MD5");
        lines.add("networkaddress.cache.negative.ttl=10");
        Path properties =
                Files.write(directory.resolve("java.security"), lines.build().toList());
        Path out = directory.resolve("out");
        Process program = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djava.security.properties==" + properties,
                        "-cp",
                        System.getProperty("java.class.path"),
                        RestrictedProgram.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        program.waitFor();
        String said = Files.readString(out);
        assertEquals(PROVIDERS + " OK", said.lines().reduce("", (before, line) -> line), said);
    }
}
