package dev.certkit.tls;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLException;

/** A client's and a server's engine, joined in memory. */
final class EnginePair {
    /** Gives the engine of the next connection, as a server written on engines does. */
    @FunctionalInterface
    interface ServerEngines {
        SSLEngine next();
    }

    private final SSLEngine client;
    private final SSLEngine server;
    private final ByteBuffer toServer = ByteBuffer.allocate(1 << 18);
    private final ByteBuffer toClient = ByteBuffer.allocate(1 << 18);

    EnginePair(SSLEngine client, SSLEngine server) {
        this.client = client;
        this.server = server;
    }

    /** Shakes hands and sends a word in both directions, so that the tickets of TLS 1.3 arrive too. */
    void talk() throws SSLException {
        String asked = "";
        String answered = "";
        int clientSent = 0;
        int serverSent = 0;
        for (int step = 0; step < 2000; step++) {
            clientSent += send(client, toServer, clientSent == 0 ? "Wer da?" : "");
            asked += receive(server, toServer);
            serverSent += send(server, toClient, serverSent == 0 && asked.equals("Wer da?") ? "hallo" : "");
            answered += receive(client, toClient);
            if (answered.equals("hallo")) {
                return;
            }
        }
        throw new SSLException("the talk came to no end");
    }

    private static int send(SSLEngine engine, ByteBuffer out, String text) throws SSLException {
        tasks(engine);
        ByteBuffer data = ByteBuffer.wrap(text.getBytes(ISO_8859_1));
        SSLEngineResult result = engine.wrap(data, out);
        return result.bytesConsumed();
    }

    private static String receive(SSLEngine engine, ByteBuffer in) throws SSLException {
        tasks(engine);
        ByteBuffer data = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize());
        in.flip();
        engine.unwrap(in, data);
        in.compact();
        return new String(data.array(), 0, data.position(), ISO_8859_1);
    }

    private static void tasks(SSLEngine engine) {
        for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
            task.run();
        }
    }
}
