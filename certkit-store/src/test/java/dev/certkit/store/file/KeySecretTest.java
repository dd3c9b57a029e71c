package dev.certkit.store.file;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.format.PrivateKeys;
import dev.certkit.key.KeyType;
import dev.certkit.peers.Peer;
import dev.certkit.samples.SampleKeys;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.PrivateKey;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class KeySecretTest {
    @TempDir
    Path temp;

    @ParameterizedTest
    @MethodSource("dev.certkit.samples.SampleKeys#classical")
    void isTheSameInAnotherProgramsForm(KeyType type) throws IOException {
        PrivateKey key = SampleKeys.of(type).getPrivate();
        String pem = PrivateKeys.toUnencryptedPem(key);
        String theirs = Peer.require("openssl")
                .reading(pem.getBytes(StandardCharsets.US_ASCII))
                .run(temp, "pkey")
                .succeeded()
                .out();
        assertTrue(KeySecret.isSame(key, PrivateKeys.parse(theirs)));
        assertTrue(KeySecret.isSame(SampleKeys.ofJdk(type).getPrivate(), PrivateKeys.parse(pem)));
    }

    @ParameterizedTest
    @EnumSource(KeyType.class)
    void isAnotherForAnotherKey(KeyType type) throws IOException {
        PrivateKey key = SampleKeys.of(type).getPrivate();
        assertFalse(KeySecret.isSame(key, SampleKeys.otherOf(type).getPrivate()));
        assertTrue(KeySecret.isSame(key, PrivateKeys.parse(PrivateKeys.toUnencryptedPem(key))));
    }
}
