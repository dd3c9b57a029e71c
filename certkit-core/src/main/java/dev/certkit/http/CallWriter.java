package dev.certkit.http;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** The bytes of a call in HTTP/1.1 (RFC 9112, section 3), on a connection that is for this call only. */
final class CallWriter {
    private CallWriter() {}

    static byte[] encoded(HttpCall call) {
        byte[] body = call.body().orElse(new byte[0]);
        ByteArrayOutputStream all = new ByteArrayOutputStream(512 + body.length);
        all.writeBytes(head(call, body.length).getBytes(StandardCharsets.US_ASCII));
        all.writeBytes(body);
        return all.toByteArray();
    }

    private static String head(HttpCall call, int length) {
        URI uri = URI.create(call.uri().toASCIIString());
        StringBuilder head = new StringBuilder(256)
                .append(call.method() + " " + TargetUri.originForm(uri) + " HTTP/1.1\r\n")
                .append("Host: " + host(uri) + "\r\nConnection: close\r\n");
        if (!call.headers().containsKey("user-agent")) {
            head.append("User-Agent: certkit\r\n");
        }
        call.headers().forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
        call.contentType().ifPresent(type -> head.append("Content-Type: " + type + "\r\n")
                .append("Content-Length: " + length + "\r\n"));
        return head.append("\r\n").toString();
    }

    private static String host(URI uri) {
        return uri.getPort() < 0 || uri.getPort() == 80 ? uri.getHost() : uri.getHost() + ":" + uri.getPort();
    }
}
