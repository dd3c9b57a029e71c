package dev.certkit.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.identity.CertifiedKey;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The key is renewed 60 times while clients connect without a pause. */
@Timeout(180)
@Tag("fault-65")
class SwapsUnderLoadTest {
    private static final TestPki PKI = new TestPki("Load CA");
    private static final int SWAPS = 60;
    private static final int CLIENTS = 2;

    private final Map<X509Certificate, Integer> generations = new ConcurrentHashMap<>();
    private final AtomicInteger newest = new AtomicInteger();
    private volatile CertifiedKey live = next();

    private CertifiedKey next() {
        CertifiedKey key = PKI.server();
        generations.put(key.chain().leaf(), newest.get() + 1);
        return key;
    }

    private void swap() {
        live = next();
        newest.incrementAndGet();
    }

    @ParameterizedTest
    @CsvSource({"SERVER_SOCKET, TLSv1.2", "SERVER_SOCKET, TLSv1.3", "HTTPS_SERVER, TLSv1.2", "HTTPS_SERVER, TLSv1.3"})
    void noHandshakeFailsAndEachShowsTheKeyOfItsMoment(TestServer.Kind kind, String protocol) throws Exception {
        newest.set(1);
        SSLContext context = TlsContext.presenting(() -> live).toSslContext();
        Queue<String> wrong = new ConcurrentLinkedQueue<>();
        Semaphore visits = new Semaphore(0);
        AtomicInteger resumed = new AtomicInteger();
        AtomicBoolean running = new AtomicBoolean(true);
        List<Thread> clients = new ArrayList<>();
        try (TestServer server = kind.start(context)) {
            for (int i = 0; i < CLIENTS; i++) {
                Visitor visitor = new Visitor(protocol);
                Thread client = new Thread(() -> {
                    while (running.get()) {
                        String complaint = visit(visitor, server.port(), resumed);
                        if (complaint != null) {
                            wrong.add(complaint);
                        }
                        visits.release();
                    }
                });
                clients.add(client);
                client.start();
            }
            for (int i = 0; i < SWAPS; i++) {
                assertTrue(visits.tryAcquire(2 * CLIENTS, 60, TimeUnit.SECONDS), "no visits any more");
                swap();
            }
            running.set(false);
            for (Thread client : clients) {
                client.join();
            }
        }
        assertEquals(List.of(), List.copyOf(wrong));
        assertTrue(resumed.get() > 0, "no client ever resumed, so nothing was proved about those");
    }

    /** Null if all was well. */
    private String visit(Visitor visitor, int port, AtomicInteger resumed) {
        int known = newest.get();
        try {
            Visitor.Visit visit = visitor.visit(port);
            if (visit.resumed()) {
                resumed.incrementAndGet();
            }
            Integer seen = generations.get(visit.leaf());
            return seen != null && seen >= known ? null : "saw " + seen + " when " + known + " was there";
        } catch (IOException e) {
            return e.toString();
        }
    }
}
