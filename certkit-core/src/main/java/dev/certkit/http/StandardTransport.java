package dev.certkit.http;

import java.io.IOException;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Plain http goes over a connection of its own; https, and what a proxy is to be asked for, over the JDK's client.
 *
 * <p>One such client per transport, made at the first call that needs it.
 */
final class StandardTransport implements HttpTransport {
    private static final Logger LOG = LoggerFactory.getLogger(HttpTransport.class);

    private final HttpLimits limits;
    private final @Nullable SSLContext context;
    private volatile @Nullable HttpClient client;

    StandardTransport(HttpLimits limits, @Nullable SSLContext context) {
        this.limits = limits;
        this.context = context;
    }

    @Override
    public HttpAnswer exchange(HttpCall call) throws IOException {
        Deadline whole = Deadline.in(limits.deadline());
        HttpCall current = call;
        HttpAnswer answer = once(current, whole);
        for (int followed = 0; followed < limits.maxRedirects(); followed++) {
            Optional<HttpCall> next = Redirection.after(current, answer);
            if (next.isEmpty()) {
                break;
            }
            current = next.get();
            answer = once(current, whole);
        }
        return answer;
    }

    private HttpAnswer once(HttpCall call, Deadline whole) throws IOException {
        HttpAnswer answer = isPlain(call.uri()) ? new PlainExchange(call, limits, whole).run() : overJdk(call, whole);
        LOG.debug("{}: {}", call, answer);
        return answer;
    }

    private HttpAnswer overJdk(HttpCall call, Deadline whole) throws IOException {
        HttpClient ready = client();
        return new JdkExchange(call, limits, whole).run(ready);
    }

    private static boolean isPlain(URI uri) {
        ProxySelector proxies = ProxySelector.getDefault();
        return uri.getScheme().equalsIgnoreCase("http")
                // Other proxies than those of HTTP are not asked, here as in the JDK's client.
                && (proxies == null
                        || proxies.select(uri).stream().limit(1).noneMatch(each -> each.type() == Proxy.Type.HTTP));
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
