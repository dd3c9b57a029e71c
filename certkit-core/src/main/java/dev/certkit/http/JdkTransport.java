package dev.certkit.http;

import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The JDK's client, kept within limits; one client per transport, made at its first call. */
final class JdkTransport implements HttpTransport {
    private static final Logger LOG = LoggerFactory.getLogger(HttpTransport.class);

    private final HttpLimits limits;
    private final @Nullable SSLContext context;
    private volatile @Nullable HttpClient client;

    JdkTransport(HttpLimits limits, @Nullable SSLContext context) {
        this.limits = limits;
        this.context = context;
    }

    @Override
    public HttpAnswer exchange(HttpCall call) throws IOException {
        long start = System.nanoTime();
        HttpCall current = call;
        HttpAnswer answer = once(current, limits.deadline());
        for (int followed = 0; followed < limits.maxRedirects(); followed++) {
            Optional<HttpCall> next = Redirection.after(current, answer);
            if (next.isEmpty()) {
                break;
            }
            current = next.get();
            answer = once(current, limits.deadline().minusNanos(System.nanoTime() - start));
        }
        return answer;
    }

    private HttpAnswer once(HttpCall call, Duration left) throws IOException {
        HttpAnswer answer = new JdkExchange(call, limits).run(client(), left);
        LOG.debug("{}: {}", call, answer);
        return answer;
    }

    private HttpClient client() {
        HttpClient made = client;
        return made != null ? made : makeClient();
    }

    private synchronized HttpClient makeClient() {
        HttpClient made = client;
        if (made == null) {
            HttpClient.Builder builder = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .connectTimeout(limits.connectTimeout());
            made = (context == null ? builder : builder.sslContext(context)).build();
            client = made;
        }
        return made;
    }
}
