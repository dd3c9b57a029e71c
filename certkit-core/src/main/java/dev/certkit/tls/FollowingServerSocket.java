package dev.certkit.tls;

import java.io.IOException;
import java.net.Socket;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/** Accepts plain connections and wraps each with the context of that moment, under the settings made here. */
final class FollowingServerSocket extends SSLServerSocket {
    private final Supplier<SSLContext> current;

    /** A server socket of the JDK, never bound: it keeps the settings, and checks them as it always does. */
    private final SSLServerSocket settings;

    FollowingServerSocket(Supplier<SSLContext> current) throws IOException {
        this.current = current;
        this.settings = SafeDefaults.on(
                (SSLServerSocket) current.get().getServerSocketFactory().createServerSocket());
    }

    @Override
    public Socket accept() throws IOException {
        Socket plain = super.accept();
        try {
            return secured(plain);
        } catch (IOException | RuntimeException e) {
            plain.close();
            throw e;
        }
    }

    private SSLSocket secured(Socket plain) throws IOException {
        SSLSocket accepted =
                SafeDefaults.on((SSLSocket) current.get().getSocketFactory().createSocket(plain, null, true));
        accepted.setUseClientMode(settings.getUseClientMode());
        accepted.setSSLParameters(settings.getSSLParameters());
        accepted.setEnableSessionCreation(settings.getEnableSessionCreation());
        return accepted;
    }

    @Override
    public void close() throws IOException {
        super.close();
        settings.close();
    }

    @Override
    public SSLParameters getSSLParameters() {
        return settings.getSSLParameters();
    }

    @Override
    public void setSSLParameters(SSLParameters parameters) {
        settings.setSSLParameters(parameters);
    }

    @Override
    public String[] getEnabledCipherSuites() {
        return settings.getEnabledCipherSuites();
    }

    @Override
    public void setEnabledCipherSuites(String[] suites) {
        settings.setEnabledCipherSuites(suites);
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return settings.getSupportedCipherSuites();
    }

    @Override
    public String[] getSupportedProtocols() {
        return settings.getSupportedProtocols();
    }

    @Override
    public String[] getEnabledProtocols() {
        return settings.getEnabledProtocols();
    }

    @Override
    public void setEnabledProtocols(String[] protocols) {
        settings.setEnabledProtocols(protocols);
    }

    @Override
    public void setNeedClientAuth(boolean need) {
        settings.setNeedClientAuth(need);
    }

    @Override
    public boolean getNeedClientAuth() {
        return settings.getNeedClientAuth();
    }

    @Override
    public void setWantClientAuth(boolean want) {
        settings.setWantClientAuth(want);
    }

    @Override
    public boolean getWantClientAuth() {
        return settings.getWantClientAuth();
    }

    @Override
    public void setUseClientMode(boolean mode) {
        settings.setUseClientMode(mode);
    }

    @Override
    public boolean getUseClientMode() {
        return settings.getUseClientMode();
    }

    @Override
    public void setEnableSessionCreation(boolean flag) {
        settings.setEnableSessionCreation(flag);
    }

    @Override
    public boolean getEnableSessionCreation() {
        return settings.getEnableSessionCreation();
    }
}
