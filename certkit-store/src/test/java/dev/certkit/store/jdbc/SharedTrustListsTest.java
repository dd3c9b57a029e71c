package dev.certkit.store.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.zaxxer.hikari.HikariDataSource;
import dev.certkit.shelf.trust.TrustLists;
import dev.certkit.store.Storage;
import dev.certkit.store.file.DirectoryStorage;
import dev.certkit.time.MovableClock;
import dev.certkit.trust.Holder;
import dev.certkit.trust.Peer;
import dev.certkit.trust.PresentedChain;
import dev.certkit.trust.TrustPolicy;
import dev.certkit.x509.EncodedCertificate;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lists on media that outlive a program, and on one that two programs share. */
@Tag("G4")
@Tag("G5")
@Tag("G6")
class SharedTrustListsTest {
    private static final Holder PRINTER = Holder.named(Holder.HOST);
    private static final EncodedCertificate OWN = PRINTER.serverBy(PRINTER);
    private static final TrustPolicy BARE =
            TrustPolicy.pkix(Holder.anchors(Holder.named("Root").root())).and(TrustPolicy.hostname());

    @TempDir
    Path directory;

    private static TrustLists open(Storage storage) throws IOException {
        return TrustLists.in(storage).clock(MovableClock.at(Holder.NOW)).open();
    }

    private static boolean trusts(TrustLists lists, String host) {
        PresentedChain presented = Holder.presented(OWN).by(new Peer(host, 443));
        return BARE.deferringTo(lists).judge(presented).isTrusted();
    }

    @Test
    void whatWasCapturedAndDecidedIsInTheDirectoryAfterARestart() throws IOException {
        try (Storage storage = DirectoryStorage.at(directory)) {
            assertFalse(trusts(open(storage), Holder.HOST));
        }
        try (Storage storage = DirectoryStorage.at(directory)) {
            TrustLists lists = open(storage);
            assertEquals(OWN, lists.invalid().get(0).certificate());
            lists.accept(OWN.fingerprint());
        }
        try (Storage storage = DirectoryStorage.at(directory)) {
            TrustLists lists = open(storage);
            assertTrue(trusts(lists, Holder.HOST));
            lists.reject(OWN.fingerprint());
        }
        try (Storage storage = DirectoryStorage.at(directory)) {
            TrustLists lists = open(storage);
            assertFalse(trusts(lists, Holder.HOST));
            assertTrue(lists.servers().get(0).isRejected());
        }
    }

    @Test
    void twoProgramsOnOneDataBaseDecideAlikeAndLoseNothing() throws Exception {
        try (HikariDataSource one = SqliteFile.pool(directory.resolve("lists.db"));
                HikariDataSource two = SqliteFile.pool(directory.resolve("lists.db"));
                Storage first = JdbcStorage.on(one);
                Storage second = JdbcStorage.on(two)) {
            TrustLists here = open(first);
            TrustLists there = open(second);
            capture(List.of(here, there));
            assertEquals(8, here.invalid().get(0).sightings().size());
            assertEquals(
                    here.invalid().get(0).sightings(), there.invalid().get(0).sightings());
            there.accept(OWN.fingerprint());
            assertTrue(trusts(here, "host-3.example.fr"));
            here.reject(OWN.fingerprint());
            assertFalse(trusts(there, "host-3.example.fr"));
        }
    }

    /** The storage, which counts how often it is asked to list. */
    private static Storage counting(Storage storage, AtomicInteger listed) {
        return (Storage) Proxy.newProxyInstance(
                Storage.class.getClassLoader(), new Class<?>[] {Storage.class}, (proxy, method, arguments) -> {
                    listed.addAndGet(method.getName().equals("list") ? 1 : 0);
                    return method.invoke(storage, arguments);
                });
    }

    /** A list of all records after each change would make each handshake as slow as there are records. */
    private static void assertOwnChangesListNothing(Storage storage) throws IOException {
        AtomicInteger listed = new AtomicInteger();
        TrustLists lists = open(counting(storage, listed));
        int atFirst = listed.get();
        for (int i = 0; i < 5; i++) {
            assertFalse(trusts(lists, "host-" + i));
            lists.accept(OWN.fingerprint());
            assertTrue(trusts(lists, "host-" + i));
            lists.reject(OWN.fingerprint());
            assertFalse(trusts(lists, "host-" + i));
            lists.delete(OWN.fingerprint());
        }
        assertEquals(atFirst, listed.get());
    }

    @Test
    void ownChangesAreSeenWithoutListingADirectoryAnew() throws IOException {
        try (Storage storage = DirectoryStorage.at(directory)) {
            assertOwnChangesListNothing(storage);
        }
    }

    @Test
    void ownChangesAreSeenWithoutListingADataBaseAnew() throws IOException {
        try (HikariDataSource one = SqliteFile.pool(directory.resolve("lists.db"));
                Storage storage = JdbcStorage.on(one)) {
            assertOwnChangesListNothing(storage);
        }
    }

    private static void capture(List<TrustLists> programs) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(8);
        try {
            List<Future<Boolean>> running = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                TrustLists lists = programs.get(i % programs.size());
                String host = "host-" + i + ".example.fr";
                running.add(pool.submit(() -> trusts(lists, host)));
            }
            for (Future<Boolean> each : running) {
                assertFalse(each.get());
            }
        } finally {
            pool.shutdownNow();
        }
    }
}
