package dev.certkit.tls;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;

/** A server on loopback that greets each connection and closes it. */
final class TestServer implements AutoCloseable {
    private static final byte[] GREETING = "HTTP/1.0 200 OK\r\nContent-Length: 5\r\n\r\nhallo".getBytes(ISO_8859_1);

    /** The ways in which a server uses a context; each is set up once, before any change. */
    enum Kind {
        SERVER_SOCKET {
            @Override
            TestServer start(SSLContext context, Consumer<SSLParameters> settings) throws IOException {
                SSLServerSocket listener =
                        (SSLServerSocket) context.getServerSocketFactory().createServerSocket(0, 50, LOOPBACK);
                SSLParameters parameters = listener.getSSLParameters();
                settings.accept(parameters);
                listener.setSSLParameters(parameters);
                return accepting(listener, socket -> socket);
            }
        },
        WRAPPED_SOCKET {
            @Override
            TestServer start(SSLContext context, Consumer<SSLParameters> settings) throws IOException {
                return accepting(new ServerSocket(0, 50, LOOPBACK), plain -> {
                    javax.net.ssl.SSLSocket tls =
                            (javax.net.ssl.SSLSocket) context.getSocketFactory().createSocket(plain, null, true);
                    tls.setUseClientMode(false);
                    SSLParameters parameters = tls.getSSLParameters();
                    settings.accept(parameters);
                    tls.setSSLParameters(parameters);
                    return tls;
                });
            }
        },
        HTTPS_SERVER {
            @Override
            TestServer start(SSLContext context, Consumer<SSLParameters> settings) throws IOException {
                return https(context, settings);
            }
        };

        abstract TestServer start(SSLContext context, Consumer<SSLParameters> settings) throws IOException;

        TestServer start(SSLContext context) throws IOException {
            return start(context, parameters -> {});
        }
    }

    private interface Wrapping {
        Socket wrap(Socket accepted) throws IOException;
    }

    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    private final int port;
    private final Runnable stop;

    private TestServer(int port, Runnable stop) {
        this.port = port;
        this.stop = stop;
    }

    int port() {
        return port;
    }

    @Override
    public void close() {
        stop.run();
    }

    private static TestServer https(SSLContext context, Consumer<SSLParameters> settings) throws IOException {
        HttpsServer server = HttpsServer.create(new InetSocketAddress(LOOPBACK, 0), 50);
        server.setHttpsConfigurator(new HttpsConfigurator(context) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters chosen = getSSLContext().getDefaultSSLParameters();
                settings.accept(chosen);
                parameters.setSSLParameters(chosen);
            }
        });
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 5);
            exchange.getResponseBody().write("hallo".getBytes(ISO_8859_1));
            exchange.close();
        });
        ExecutorService workers = Executors.newCachedThreadPool(TestServer::daemon);
        server.setExecutor(workers);
        server.start();
        return new TestServer(server.getAddress().getPort(), () -> {
            server.stop(0);
            workers.shutdownNow();
        });
    }

    private static TestServer accepting(ServerSocket listener, Wrapping wrapping) {
        ExecutorService workers = Executors.newCachedThreadPool(TestServer::daemon);
        workers.execute(() -> {
            while (!listener.isClosed()) {
                try {
                    Socket accepted = listener.accept();
                    workers.execute(() -> greet(accepted, wrapping));
                } catch (IOException e) {
                    return;
                }
            }
        });
        return new TestServer(listener.getLocalPort(), () -> {
            try {
                listener.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            workers.shutdownNow();
        });
    }

    private static void greet(Socket accepted, Wrapping wrapping) {
        try (Socket socket = wrapping.wrap(accepted)) {
            socket.setTcpNoDelay(true);
            if (socket.getInputStream().read(new byte[1000]) > 0) {
                socket.getOutputStream().write(GREETING);
                socket.getOutputStream().flush();
            }
        } catch (IOException e) {
            // the client's side of the test tells what went wrong
        }
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "test server");
        thread.setDaemon(true);
        return thread;
    }
}
