package dev.certkit.tls;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/** Makes each socket from the context of the moment. */
final class FollowingSocketFactory extends SSLSocketFactory {
    private final Supplier<SSLContext> current;

    FollowingSocketFactory(Supplier<SSLContext> current) {
        this.current = current;
    }

    private SSLSocketFactory now() {
        return current.get().getSocketFactory();
    }

    private static Socket safe(Socket socket) {
        return SafeDefaults.on((SSLSocket) socket);
    }

    @Override
    public Socket createSocket() throws IOException {
        return safe(now().createSocket());
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return safe(now().createSocket(host, port));
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
        return safe(now().createSocket(host, port, localHost, localPort));
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return safe(now().createSocket(host, port));
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort) throws IOException {
        return safe(now().createSocket(host, port, localHost, localPort));
    }

    @Override
    public Socket createSocket(Socket plain, String host, int port, boolean autoClose) throws IOException {
        return safe(now().createSocket(plain, host, port, autoClose));
    }

    @Override
    public Socket createSocket(Socket plain, @Nullable InputStream consumed, boolean autoClose) throws IOException {
        return safe(now().createSocket(plain, consumed, autoClose));
    }

    @Override
    public String[] getDefaultCipherSuites() {
        return now().getDefaultCipherSuites();
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return now().getSupportedCipherSuites();
    }
}
