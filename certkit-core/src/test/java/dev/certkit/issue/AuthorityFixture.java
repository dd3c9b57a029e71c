package dev.certkit.issue;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.certkit.identity.CertificationRequest;
import dev.certkit.identity.CertifiedKey;
import dev.certkit.key.KeyType;
import dev.certkit.samples.SampleKeys;
import dev.certkit.samples.SamplePki;
import dev.certkit.store.InMemoryStorage;
import dev.certkit.store.RecordHeader;
import dev.certkit.store.Shelf;
import dev.certkit.store.Storage;
import dev.certkit.time.MovableClock;
import dev.certkit.x509.CertificateProfile;
import dev.certkit.x509.DistinguishedName;
import java.io.IOException;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;

/** An authority on a clock that stands still, recording in memory. */
abstract class AuthorityFixture {
    static final KeyPair CA_KEY = SampleKeys.of(KeyType.EC_P256);
    static final KeyPair LEAF_KEY = SampleKeys.otherOf(KeyType.EC_P256);
    static final Instant NOW = Instant.parse("2026-11-22T05:00:00Z");
    static final DistinguishedName PRINTER =
            DistinguishedName.cn("printer-7.example.fr").o("Acme");

    final MovableClock clock = MovableClock.at(NOW);
    Storage storage;
    LocalAuthority authority;

    @BeforeEach
    void make() {
        storage = InMemoryStorage.empty();
        authority = LocalAuthority.of(root(CertificateProfile.authority()))
                .clock(clock)
                .in(storage);
    }

    CertifiedKey root(CertificateProfile profile) {
        return CertifiedKey.selfSigned(DistinguishedName.cn("Root").o("Acme"))
                .profile(profile)
                .clock(clock)
                .with(CA_KEY);
    }

    static CertificationRequest.Draft draft() {
        return CertificationRequest.forSubject(PRINTER).san("b.example.fr");
    }

    static CertificationRequest request() {
        return draft().signedBy(LEAF_KEY).request();
    }

    static X509Certificate leaf(Issuance issuance) {
        return SamplePki.certified(issuance).leaf();
    }

    static Issuance.Declined declined(Issuance issuance) {
        return assertInstanceOf(Issuance.Declined.class, issuance);
    }

    List<RecordHeader> records() throws IOException {
        return storage.list(Shelf.of("issued"), Optional.empty(), 1000);
    }

    static <T> Set<T> together(int threads, Callable<T> work) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            CyclicBarrier start = new CyclicBarrier(threads);
            List<Future<T>> running = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                running.add(pool.submit(() -> {
                    start.await();
                    return work.call();
                }));
            }
            Set<T> results = new HashSet<>();
            for (Future<T> each : running) {
                results.add(each.get());
            }
            return results;
        } finally {
            pool.shutdownNow();
        }
    }

    static CertifiedKey issued(Enrolment enrolment) {
        return enrolment.fold(
                Enrolment.Issued::key,
                pending -> {
                    throw new AssertionError(pending);
                },
                refused -> {
                    throw new AssertionError(refused);
                });
    }
}
