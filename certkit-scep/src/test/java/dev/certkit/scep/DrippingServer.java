package dev.certkit.scep;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** A server that begins an answer and then sends a byte now and then, for ever. */
final class DrippingServer implements AutoCloseable {
    private final ServerSocket socket;
    private final Thread thread;

    DrippingServer() {
        try {
            socket = new ServerSocket(0, 4, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        thread = new Thread(this::drip, "dripping server");
        thread.setDaemon(true);
        thread.start();
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + socket.getLocalPort() + "/scep");
    }

    private void drip() {
        try (Socket peer = socket.accept()) {
            OutputStream out = peer.getOutputStream();
            out.write("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            while (!socket.isClosed()) {
                out.write('0');
                out.flush();
                Thread.sleep(20);
            }
        } catch (IOException | InterruptedException e) {
            // The client went away, which is what the test is about.
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        thread.interrupt();
    }
}
