package dev.certkit.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** A server on loopback that behaves as badly as it is told to; for the tests of everything that calls a server. */
public final class FaultyServer implements AutoCloseable {
    /** What happens to one connection. Its end closes the connection. */
    @FunctionalInterface
    public interface Behaviour {
        void meet(Visit visit) throws IOException, InterruptedException;
    }

    private final ServerSocket listener;
    private final Behaviour behaviour;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicLong bytesSent = new AtomicLong();
    private final CountDownLatch hungUp = new CountDownLatch(1);
    private final List<byte[]> requests = Collections.synchronizedList(new ArrayList<>());
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();

    private FaultyServer(Behaviour behaviour) {
        this.behaviour = behaviour;
        try {
            listener = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static FaultyServer that(Behaviour behaviour) {
        FaultyServer server = new FaultyServer(behaviour);
        server.background(server::accept);
        return server;
    }

    /** Takes the connection and never says a word. */
    public static FaultyServer blackHole() {
        return that(Visit::waitForTheEnd);
    }

    /** Reads the request and never answers. */
    public static FaultyServer listener() {
        return that(visit -> {
            visit.readRequest();
            visit.waitForTheEnd();
        });
    }

    /** Answers 200 and then one byte at a time, for ever. */
    public static FaultyServer drip(Duration pause) {
        return that(visit -> {
            visit.readRequest();
            visit.send("HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\n\r\n");
            while (visit.pause(pause)) {
                visit.send("x");
            }
        });
    }

    /** Answers with header lines, one byte at a time, for ever. */
    public static FaultyServer dripOfHeaders(Duration pause) {
        return that(visit -> {
            visit.readRequest();
            visit.send("HTTP/1.1 200 OK\r\nX: ");
            while (visit.pause(pause)) {
                visit.send("x");
            }
        });
    }

    /** Answers 200 and a body without an end, as fast as it is read. */
    public static FaultyServer endlessBody() {
        return that(visit -> {
            visit.readRequest();
            visit.send("HTTP/1.1 200 OK\r\n\r\n");
            byte[] block = new byte[8192];
            while (visit.isOpen()) {
                visit.send(block);
            }
        });
    }

    /** Reads the request, then closes the connection without a byte. */
    public static FaultyServer closesAtOnce() {
        return that(Visit::readRequest);
    }

    /** Announces 100 bytes, sends 3, and closes. */
    public static FaultyServer closesEarly() {
        return that(visit -> {
            visit.readRequest();
            visit.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc");
        });
    }

    /** Reads the request, then resets the connection. */
    public static FaultyServer resets() {
        return that(visit -> {
            visit.readRequest();
            visit.reset();
        });
    }

    /** Announces 100 bytes, sends 3, and resets. */
    public static FaultyServer resetsInTheBody() {
        return that(visit -> {
            visit.readRequest();
            visit.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc");
            visit.reset();
        });
    }

    /** Answers with 10 MB of headers. */
    public static FaultyServer hugeHeaders() {
        return that(visit -> {
            visit.readRequest();
            visit.send("HTTP/1.1 200 OK\r\n");
            for (int i = 0; i < 10_000; i++) {
                visit.send("X-" + i + ": " + "y".repeat(1000) + "\r\n");
            }
            visit.send("Content-Length: 0\r\n\r\n");
        });
    }

    /** Answers each request with a redirect. */
    public static FaultyServer redirectsTo(String location) {
        return raw("HTTP/1.1 302 Found\r\nLocation: " + location + "\r\nContent-Length: 0\r\n\r\n");
    }

    /** Answers with chunks whose sizes are no numbers. */
    public static FaultyServer brokenChunks() {
        return raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n0\r\n\r\n");
    }

    /** Answers everything with a page of its own and 200, as a network with a login page does. */
    public static FaultyServer captivePortal() {
        return answering(200, "text/html; charset=utf-8", "<html>Please log in</html>".getBytes(ISO_8859_1));
    }

    /** Answers as a proxy that wants a password. */
    public static FaultyServer wantsProxyPassword() {
        return raw("HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"x\"\r\n"
                + "Content-Length: 0\r\n\r\n");
    }

    /** Answers properly. */
    public static FaultyServer answering(int status, String contentType, byte[] body) {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        answer.writeBytes(("HTTP/1.1 " + status + " Status\r\nContent-Type: " + contentType + "\r\nContent-Length: "
                        + body.length + "\r\n\r\n")
                .getBytes(ISO_8859_1));
        answer.writeBytes(body);
        return raw(answer.toByteArray());
    }

    /** Reads the request and sends just these characters. */
    public static FaultyServer raw(String answer) {
        return raw(answer.getBytes(ISO_8859_1));
    }

    private static FaultyServer raw(byte[] answer) {
        return that(visit -> {
            visit.readRequest();
            visit.send(answer);
        });
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + listener.getLocalPort() + "/");
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** How many connections came so far. */
    public int connections() {
        return connections.get();
    }

    /** How many bytes could be written so far. */
    public long bytesSent() {
        return bytesSent.get();
    }

    /** The requests that were read, head and body as they came. */
    public List<String> requests() {
        synchronized (requests) {
            return requests.stream().map(bytes -> new String(bytes, ISO_8859_1)).toList();
        }
    }

    /** Waits until a client has closed or reset its connection while it was being served. */
    public boolean clientHungUp(Duration patience) throws InterruptedException {
        return hungUp.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        closing.countDown();
        try {
            listener.close();
            for (Socket socket : sockets) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listener.accept();
                sockets.add(socket);
                connections.incrementAndGet();
                background(() -> serve(socket));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            behaviour.meet(new Visit(socket));
        } catch (IOException e) {
            hungUp.countDown();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void background(Runnable work) {
        Thread thread = new Thread(work, "faulty server");
        thread.setDaemon(true);
        thread.start();
    }

    /** One connection, as a {@link Behaviour} sees it. */
    public final class Visit {
        private final Socket socket;
        private final InputStream in;
        private final OutputStream out;

        private Visit(Socket socket) throws IOException {
            this.socket = socket;
            this.in = socket.getInputStream();
            this.out = socket.getOutputStream();
        }

        /** Reads one request: the head, and as much body as it announces. */
        public void readRequest() throws IOException {
            ByteArrayOutputStream request = new ByteArrayOutputStream();
            while (!request.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
                int next = in.read();
                if (next < 0) {
                    throw new IOException("the client closed in the head");
                }
                request.write(next);
            }
            request.writeBytes(in.readNBytes(announced(request.toString(ISO_8859_1))));
            requests.add(request.toByteArray());
        }

        public void send(String text) throws IOException {
            send(text.getBytes(ISO_8859_1));
        }

        public void send(byte[] bytes) throws IOException {
            out.write(bytes);
            out.flush();
            bytesSent.addAndGet(bytes.length);
        }

        /** Closing now sends a RST. */
        public void reset() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }

        /** Waits for the pause, unless the server is closed first. */
        public boolean pause(Duration pause) throws InterruptedException {
            return !closing.await(pause.toNanos(), TimeUnit.NANOSECONDS);
        }

        public boolean isOpen() {
            return closing.getCount() > 0;
        }

        /** Until the client has gone, which counts as hanging up, or the server is closed. */
        public void waitForTheEnd() throws IOException {
            while (in.read() >= 0) {
                // what comes is of no interest
            }
            throw new IOException("the client closed");
        }

        private int announced(String head) {
            return head.lines()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("content-length:"))
                    .map(line -> Integer.parseInt(line.substring(15).strip()))
                    .findFirst()
                    .orElse(0);
        }
    }
}
