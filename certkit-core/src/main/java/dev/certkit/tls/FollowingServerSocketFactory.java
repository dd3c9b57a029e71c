package dev.certkit.tls;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocketFactory;
import org.jspecify.annotations.Nullable;

/** Makes server sockets whose accepted connections come from the context of the moment. */
final class FollowingServerSocketFactory extends SSLServerSocketFactory {
    private static final int USUAL_BACKLOG = 50;

    private final Supplier<SSLContext> current;

    FollowingServerSocketFactory(Supplier<SSLContext> current) {
        this.current = current;
    }

    @Override
    public ServerSocket createServerSocket() throws IOException {
        return new FollowingServerSocket(current);
    }

    @Override
    public ServerSocket createServerSocket(int port) throws IOException {
        return createServerSocket(port, USUAL_BACKLOG);
    }

    @Override
    public ServerSocket createServerSocket(int port, int backlog) throws IOException {
        return createServerSocket(port, backlog, null);
    }

    @Override
    public ServerSocket createServerSocket(int port, int backlog, @Nullable InetAddress address) throws IOException {
        ServerSocket socket = createServerSocket();
        try {
            socket.bind(new InetSocketAddress(address, port), backlog);
            return socket;
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    @Override
    public String[] getDefaultCipherSuites() {
        return current.get().getServerSocketFactory().getDefaultCipherSuites();
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return current.get().getServerSocketFactory().getSupportedCipherSuites();
    }
}
