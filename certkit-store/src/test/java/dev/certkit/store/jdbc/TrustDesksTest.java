package dev.certkit.store.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.zaxxer.hikari.HikariDataSource;
import dev.certkit.shelf.trust.TrustLists;
import dev.certkit.store.Storage;
import dev.certkit.store.faults.ChildJvm;
import dev.certkit.time.MovableClock;
import dev.certkit.trust.Holder;
import dev.certkit.trust.Peer;
import dev.certkit.trust.TrustPolicy;
import dev.certkit.x509.EncodedCertificate;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Two processes of the operating system share the lists in a data base: what one decides, the next verdict of the other says. */
@Tag("G6")
@Timeout(120)
class TrustDesksTest {
    private static final Holder PRINTER = Holder.named(Holder.HOST);
    private static final EncodedCertificate OWN = PRINTER.serverBy(PRINTER);
    private static final TrustPolicy BARE =
            TrustPolicy.pkix(Holder.anchors(Holder.named("Root").root())).and(TrustPolicy.hostname());

    @TempDir
    Path directory;

    private static void assertTheOtherDecides(HikariDataSource pool, List<String> place) throws IOException {
        String[] arguments = Stream.concat(Stream.of(OWN.fingerprint().hex()), place.stream())
                .toArray(String[]::new);
        try (Storage storage = JdbcStorage.on(pool);
                ChildJvm other = ChildJvm.start(TrustDeskProgram.class, arguments)) {
            TrustLists lists =
                    TrustLists.in(storage).clock(MovableClock.at(Holder.NOW)).open();
            TrustPolicy policy = BARE.deferringTo(lists);
            assertFalse(trusts(policy), "captured");
            lists.accept(OWN.fingerprint());
            assertTrue(trusts(policy));
            assertEquals("open", other.line());
            for (int round = 0; round < 3; round++) {
                long before = policy.changeToken();
                other.enter();
                assertEquals("rejected true", other.line());
                assertFalse(trusts(policy), "rejected by the other process");
                assertNotEquals(before, policy.changeToken());
                other.enter();
                assertEquals("accepted true", other.line());
                assertTrue(trusts(policy), "accepted by the other process");
            }
        }
    }

    private static boolean trusts(TrustPolicy policy) {
        return policy.judge(Holder.presented(OWN).by(new Peer(Holder.HOST, 443)))
                .isTrusted();
    }

    @Test
    void aRejectionOfAnotherProcessWinsInTheNextVerdictOnSqlite() throws IOException {
        Path file = directory.resolve("lists.db");
        try (HikariDataSource pool = SqliteFile.pool(file)) {
            assertTheOtherDecides(pool, List.of(file.toString()));
        }
    }

    @Test
    @ExtendWith(SharedPostgres.class)
    void aRejectionOfAnotherProcessWinsInTheNextVerdictOnPostgres(PostgresServer server) throws IOException {
        String schema = server.newSchema();
        assertTheOtherDecides(server.pool(schema), server.access(schema));
    }
}
