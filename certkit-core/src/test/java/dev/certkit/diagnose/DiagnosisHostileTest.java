package dev.certkit.diagnose;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Servers that are not there, are none, or mean harm: an answer comes in time and of a size that a person can read. */
@Tag("W12")
@Timeout(60)
class DiagnosisHostileTest {
    private static final Duration SHORT = Duration.ofSeconds(2);
    private static final ZooPki PKI = new ZooPki();

    private static DiagnosisReport diagnosed(String host, int port) {
        long start = System.nanoTime();
        DiagnosisReport report = Diagnosis.ofServer(host, port)
                .trusting(PKI.policy())
                .clock(ZooPki.CLOCK)
                .within(SHORT)
                .run();
        long millis = (System.nanoTime() - start) / 1_000_000;
        assertTrue(millis < SHORT.toMillis() + 1000, () -> millis + " ms: " + report.toText());
        assertTrue(
                report.toText().length() < 10_000,
                () -> "too long: " + report.toText().length());
        assertTrue(
                report.toText().chars().allMatch(c -> c == '\n' || c >= ' '),
                "a stranger's characters reach the terminal");
        return report;
    }

    private static DiagnosisReport diagnosed(RawServer.Script script) throws Exception {
        try (RawServer server = RawServer.doing(script)) {
            return diagnosed("127.0.0.1", server.port());
        }
    }

    private static void assertOnly(FindingCode code, DiagnosisReport report) {
        assertEquals(1, report.findings().size(), report::toText);
        assertEquals(code, report.findings().get(0).code(), report::toText);
        assertFalse(report.isHealthy());
    }

    private static byte[] record(int type, byte[] body) {
        byte[] record = new byte[5 + body.length];
        record[0] = (byte) type;
        record[1] = 3;
        record[2] = 3;
        record[3] = (byte) (body.length >> 8);
        record[4] = (byte) body.length;
        System.arraycopy(body, 0, record, 5, body.length);
        return record;
    }

    private static byte[] message(int type, int length, byte[] body) {
        byte[] message = new byte[4 + body.length];
        message[0] = (byte) type;
        message[1] = (byte) (length >> 16);
        message[2] = (byte) (length >> 8);
        message[3] = (byte) length;
        System.arraycopy(body, 0, message, 4, body.length);
        return message;
    }

    private static byte[] serverHello() {
        byte[] hello = new byte[2 + 32 + 1 + 2 + 1];
        hello[0] = 3;
        hello[1] = 3;
        hello[35] = (byte) 0xC0;
        hello[36] = 0x2F;
        return record(22, message(2, hello.length, hello));
    }

    private static void greeted(Socket socket) throws Exception {
        assertTrue(socket.getInputStream().read(new byte[2000]) > 0);
    }

    @Nested
    class AServerThatIsNotThere {
        @Test
        void isUnknownByName() {
            assertOnly(FindingCode.NAME_UNKNOWN, diagnosed("no-such-host.invalid", 443));
        }

        @Test
        void refusesTheConnection() throws Exception {
            int port;
            try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
                port = closed.getLocalPort();
            }
            assertOnly(FindingCode.CONNECTION_REFUSED, diagnosed("127.0.0.1", port));
        }

        @Test
        void doesNotTakeTheConnectionInTime() throws Exception {
            try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
                    Socket first = new Socket();
                    Socket second = new Socket();
                    Socket third = new Socket()) {
                for (Socket each : new Socket[] {first, second, third}) {
                    try {
                        each.connect(full.getLocalSocketAddress(), 200);
                    } catch (java.net.SocketTimeoutException e) {
                        break;
                    }
                }
                assertOnly(FindingCode.CONNECT_TIMEOUT, diagnosed("127.0.0.1", full.getLocalPort()));
            }
        }

        @Test
        void isACallersMistakeIfTheHostIsEmptyOrThePortZero() {
            assertThrows(IllegalArgumentException.class, () -> Diagnosis.ofServer("", 443));
            assertThrows(IllegalArgumentException.class, () -> Diagnosis.ofServer("localhost", 0));
            assertThrows(IllegalArgumentException.class, () -> Diagnosis.ofServer("localhost", 443)
                    .within(Duration.ZERO));
        }
    }

    @Nested
    class AServerOfSomethingElse {
        @Test
        void speaksHttpWithoutTls() throws Exception {
            HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
            server.start();
            try {
                assertOnly(
                        FindingCode.PLAIN_HTTP,
                        diagnosed("127.0.0.1", server.getAddress().getPort()));
            } finally {
                server.stop(0);
            }
        }

        @Test
        void speaksHttpWithoutTlsAndWaitsForTheEndOfTheLine() throws Exception {
            DiagnosisReport report = diagnosed(socket -> {
                byte[] all = new byte[2000];
                int have = 0;
                while (!new String(all, 0, have, ISO_8859_1).contains("\r\n\r\n")) {
                    int count = socket.getInputStream().read(all, have, all.length - have);
                    if (count < 0) {
                        return;
                    }
                    have += count;
                }
                socket.getOutputStream().write("HTTP/1.0 200 OK\r\n\r\n".getBytes(ISO_8859_1));
            });
            assertOnly(FindingCode.PLAIN_HTTP, report);
        }

        @Test
        void speaksSsh() throws Exception {
            DiagnosisReport report = diagnosed(socket -> {
                socket.getOutputStream().write("SSH-2.0-\u001b[31mX\r\n".getBytes(ISO_8859_1));
                greeted(socket);
                LockSupport.parkNanos(5_000_000_000L);
            });
            assertOnly(FindingCode.NOT_TLS, report);
            assertTrue(report.toText().contains("SSH-2.0-\\u001B[31mX"), report::toText);
        }
    }

    @Nested
    class AServerThatMeansHarm {
        @Test
        void neverAnswers() throws Exception {
            assertOnly(FindingCode.NO_ANSWER, diagnosed(socket -> LockSupport.parkNanos(20_000_000_000L)));
        }

        @Test
        void closesAtOnce() throws Exception {
            assertTrue(diagnosed(Socket::close).findings(FindingCode.CLOSED).size() > 0);
        }

        @Test
        void dropsInTheMiddleOfTheHandshake() throws Exception {
            DiagnosisReport report = diagnosed(socket -> {
                greeted(socket);
                socket.getOutputStream().write(Arrays.copyOf(serverHello(), 20));
            });
            assertOnly(FindingCode.CLOSED, report);
        }

        @Test
        void dripsItsAnswerSlowly() throws Exception {
            DiagnosisReport report = diagnosed(socket -> {
                greeted(socket);
                byte[] hello = record(22, new byte[16_000]);
                for (byte octet : hello) {
                    socket.getOutputStream().write(octet);
                    LockSupport.parkNanos(50_000_000);
                }
            });
            assertOnly(FindingCode.NO_ANSWER, report);
        }

        @Test
        void sendsEmptyRecordsForEver() throws Exception {
            DiagnosisReport report = diagnosed(socket -> {
                greeted(socket);
                OutputStream out = socket.getOutputStream();
                byte[] many = new byte[5000];
                for (int i = 0; i < many.length; i += 5) {
                    System.arraycopy(record(22, new byte[0]), 0, many, i, 5);
                }
                while (true) {
                    out.write(many);
                }
            });
            assertFalse(report.isHealthy(), report::toText);
        }

        @Test
        void sendsWarningsForEver() throws Exception {
            DiagnosisReport report = diagnosed(socket -> {
                greeted(socket);
                byte[] warning = record(21, new byte[] {1, 90});
                while (true) {
                    socket.getOutputStream().write(warning);
                }
            });
            assertFalse(report.isHealthy(), report::toText);
        }

        @Test
        void sendsNoiseForEver() throws Exception {
            byte[] noise = new byte[8192];
            new Random(7).nextBytes(noise);
            DiagnosisReport report = diagnosed(socket -> {
                while (true) {
                    socket.getOutputStream().write(noise);
                }
            });
            assertOnly(FindingCode.NOT_TLS, report);
        }

        @Test
        void announcesACertificateMessageOf16Megabytes() throws Exception {
            DiagnosisReport report = diagnosed(socket -> {
                greeted(socket);
                socket.getOutputStream().write(serverHello());
                socket.getOutputStream().write(record(22, message(11, 0xFFFFFF, new byte[1000])));
                LockSupport.parkNanos(20_000_000_000L);
            });
            assertEquals(1, report.findings(FindingCode.TOO_MUCH_DATA).size(), report::toText);
        }

        @Test
        void sendsACertificateMessageOf200KilobytesOfNestedDer() throws Exception {
            byte[] nested = new byte[60_000];
            for (int i = 0; i < nested.length; i += 2) {
                nested[i] = 0x30;
                nested[i + 1] = (byte) 0x80;
            }
            ByteArrayOutputStream list = new ByteArrayOutputStream();
            for (int i = 0; i < 3; i++) {
                list.writeBytes(new byte[] {0, (byte) (nested.length >> 8), (byte) nested.length});
                list.writeBytes(nested);
            }
            assertUntrusted(list.toByteArray());
        }

        @Test
        void sendsACertificateOf30KilobytesOfNestedDerWhichJavaReads() throws Exception {
            byte[] nested = new byte[30_000];
            for (int i = 0; i < nested.length; i += 2) {
                nested[i] = 0x30;
                nested[i + 1] = (byte) 0x80;
            }
            ByteArrayOutputStream list = new ByteArrayOutputStream();
            list.writeBytes(new byte[] {0, (byte) (nested.length >> 8), (byte) nested.length});
            list.writeBytes(nested);
            assertUntrusted(list.toByteArray());
        }

        private void assertUntrusted(byte[] list) throws Exception {
            byte[] body = new byte[3 + list.length];
            body[0] = (byte) (list.length >> 16);
            body[1] = (byte) (list.length >> 8);
            body[2] = (byte) list.length;
            System.arraycopy(list, 0, body, 3, list.length);
            byte[] message = message(11, body.length, body);
            DiagnosisReport report = diagnosed(socket -> {
                greeted(socket);
                OutputStream out = socket.getOutputStream();
                out.write(serverHello());
                for (int at = 0; at < message.length; at += 16_000) {
                    out.write(record(22, Arrays.copyOfRange(message, at, Math.min(message.length, at + 16_000))));
                }
                out.write(record(22, message(14, 0, new byte[0])));
                LockSupport.parkNanos(20_000_000_000L);
            });
            assertFalse(report.isHealthy(), report::toText);
            assertEquals(0, report.presented().size());
        }

        @Test
        void sendsAnEndlessLineBeforeStartTls() throws Exception {
            try (RawServer server = RawServer.doing(socket -> {
                while (true) {
                    socket.getOutputStream().write("220-".getBytes(ISO_8859_1));
                }
            })) {
                DiagnosisReport report = Diagnosis.ofServer("127.0.0.1", server.port())
                        .startTls(StartTls.SMTP)
                        .within(SHORT)
                        .run();
                assertOnly(FindingCode.TOO_MUCH_DATA, report);
            }
        }

        @Test
        void greetsWithLinesForEverBeforeStartTls() throws Exception {
            try (RawServer server = RawServer.doing(socket -> {
                while (true) {
                    socket.getOutputStream().write("220-x\r\n".getBytes(ISO_8859_1));
                }
            })) {
                DiagnosisReport report = Diagnosis.ofServer("127.0.0.1", server.port())
                        .startTls(StartTls.SMTP)
                        .within(SHORT)
                        .run();
                assertOnly(FindingCode.TOO_MUCH_DATA, report);
            }
        }

        @Test
        void refusesTlsAfterItOfferedIt() throws Exception {
            try (RawServer server = RawServer.doing(socket -> {
                OutputStream out = socket.getOutputStream();
                out.write("220 mail\r\n".getBytes(ISO_8859_1));
                greeted(socket);
                out.write("250-mail\r\n250 STARTTLS\r\n".getBytes(ISO_8859_1));
                greeted(socket);
                out.write("454 TLS not available\r\n".getBytes(ISO_8859_1));
                greeted(socket);
            })) {
                DiagnosisReport report = Diagnosis.ofServer("127.0.0.1", server.port())
                        .startTls(StartTls.SMTP)
                        .within(SHORT)
                        .run();
                assertOnly(FindingCode.STARTTLS_REFUSED, report);
                assertTrue(report.toText().contains("454 TLS not available"), report::toText);
            }
        }
    }

    @Test
    void anInterruptEndsADiagnosisAndIsKept() throws Exception {
        Thread.currentThread().interrupt();
        DiagnosisReport report = Diagnosis.ofServer("no-such-host.invalid", 443)
                .within(SHORT)
                .trusting(PKI.policy())
                .run();
        assertTrue(Thread.interrupted());
        assertEquals(1, report.findings().size(), report::toText);
    }
}
