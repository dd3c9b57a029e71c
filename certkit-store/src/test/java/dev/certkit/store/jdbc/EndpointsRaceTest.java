package dev.certkit.store.jdbc;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.zaxxer.hikari.HikariDataSource;
import dev.certkit.identity.CertifiedKey;
import dev.certkit.key.KeyType;
import dev.certkit.shelf.Endpoints;
import dev.certkit.shelf.Identities;
import dev.certkit.shelf.IdentityInUseException;
import dev.certkit.store.StaleRecordException;
import dev.certkit.store.Storage;
import dev.certkit.store.file.DirectoryStorage;
import dev.certkit.x509.DistinguishedName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A binding and a deletion at the same moment, on real media: never do both come true. */
@Tag("W3")
@Tag("W11")
@Timeout(120)
class EndpointsRaceTest {
    private static final CertifiedKey WEB =
            CertifiedKey.selfSigned(DistinguishedName.cn("web")).with(KeyType.EC_P256.generate());
    private static final String PORT = "https-5753";
    private static final int ROUNDS = 40;

    @TempDir
    Path place;

    private interface Attempt {
        void run() throws IOException;
    }

    /** Who is refused says so by one of these; anything else fails the test. */
    private static boolean succeeds(CyclicBarrier start, Attempt attempt) throws Exception {
        start.await();
        try {
            attempt.run();
            return true;
        } catch (IllegalStateException | StaleRecordException e) {
            return false;
        }
    }

    private static void race(Storage here, Storage there) throws Exception {
        Identities identities = Identities.in(here).unencrypted();
        Endpoints endpoints = Endpoints.of(Identities.in(there).unencrypted());
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            for (int round = 0; round < ROUNDS; round++) {
                identities.install("web", WEB);
                boolean byUninstalling = round % 2 == 1;
                CyclicBarrier start = new CyclicBarrier(2);
                Future<Boolean> bound = threads.submit(() -> succeeds(start, () -> endpoints.bind(PORT, "web")));
                Attempt end = byUninstalling ? () -> identities.uninstall("web") : () -> identities.delete("web");
                Future<Boolean> gone = threads.submit(() -> succeeds(start, end));
                assertWhole(endpoints, identities, bound.get(), gone.get());
                endpoints.unbind(PORT);
                identities.delete("web");
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static void assertWhole(Endpoints endpoints, Identities identities, boolean bound, boolean gone)
            throws IOException {
        assertFalse(bound && gone, "an endpoint presents an identity that is deleted");
        Optional<String> identity = endpoints.identity(PORT);
        assertTrue(bound == identity.isPresent());
        assertTrue(gone != identities.find("web").isPresent());
        if (bound) {
            assertTrue(identities.chain("web").isPresent());
            try {
                identities.delete("web");
                throw new AssertionError("it was deleted although it is bound");
            } catch (IdentityInUseException e) {
                assertTrue(e.endpoints().contains(PORT));
            }
        }
    }

    @Test
    void inADirectory() throws Exception {
        try (Storage storage = DirectoryStorage.at(place.resolve("directory"))) {
            race(storage, storage);
        }
    }

    @Test
    void ofTwoProgramsInASqliteFile() throws Exception {
        Path file = place.resolve("endpoints.db");
        try (HikariDataSource one = SqliteFile.pool(file);
                HikariDataSource two = SqliteFile.pool(file);
                Storage here = JdbcStorage.on(one);
                Storage there = JdbcStorage.on(two)) {
            race(here, there);
        }
    }

    @Nested
    @ExtendWith(SharedPostgres.class)
    class WherePostgresIs {
        @Test
        void ofTwoProgramsInItsTables(PostgresServer server) throws Exception {
            String schema = server.newSchema();
            try (HikariDataSource one = server.pool(schema);
                    HikariDataSource two = server.pool(schema);
                    Storage here = JdbcStorage.on(one);
                    Storage there = JdbcStorage.on(two)) {
                race(here, there);
            }
        }
    }
}
