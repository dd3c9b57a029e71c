package dev.certkit.http;

import dev.certkit.http.UnreachableException.Phase;
import dev.certkit.internal.text.ForeignText;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/** One exchange over the JDK's client: remembers how far it came, and says why it failed. */
final class JdkExchange {
    private enum Progress {
        BEGUN,
        SENDING,
        SENT
    }

    private final HttpCall call;
    private final HttpLimits limits;
    private volatile Progress progress = Progress.BEGUN;

    JdkExchange(HttpCall call, HttpLimits limits) {
        this.call = call;
        this.limits = limits;
    }

    HttpAnswer run(HttpClient client, Duration left) throws IOException {
        CompletableFuture<HttpResponse<byte[]>> coming = client.sendAsync(request(), info -> {
            progress = Progress.SENT;
            return new BoundedBody(limits.maxBodyBytes());
        });
        try {
            HttpResponse<byte[]> response = coming.get(left.toNanos(), TimeUnit.NANOSECONDS);
            return HttpAnswer.of(response.statusCode(), response.headers().map(), response.body());
        } catch (TimeoutException | CancellationException e) {
            coming.cancel(true);
            throw UnreachableException.timedOut(call.uri(), phaseOfSilence(), limits.deadline());
        } catch (InterruptedException e) {
            coming.cancel(true);
            Thread.currentThread().interrupt();
            throw new InterruptedIOException(call + ": given up, because the calling thread was interrupted");
        } catch (ExecutionException e) {
            throw explained(root(e));
        }
    }

    private HttpRequest request() {
        HttpRequest.Builder builder = HttpRequest.newBuilder(call.uri()).setHeader("User-Agent", "certkit");
        call.headers().forEach(builder::setHeader);
        call.contentType().ifPresent(type -> builder.setHeader("Content-Type", type));
        return builder.method(call.method(), call.body().map(this::watched).orElseGet(BodyPublishers::noBody))
                .build();
    }

    /** A GET shows nothing of its progress; if connecting has a shorter limit of its own, the connection stood. */
    private Phase phaseOfSilence() {
        return switch (progress) {
            case SENT -> Phase.RECEIVE;
            case SENDING -> Phase.SEND;
            case BEGUN ->
                call.method().equals("POST") || limits.connectTimeout().compareTo(limits.deadline()) >= 0
                        ? Phase.CONNECT
                        : Phase.RECEIVE;
        };
    }

    private static Throwable root(ExecutionException e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        if (cause instanceof Error error) {
            throw error;
        }
        return cause;
    }

    private UnreachableException explained(Throwable failure) {
        if (failure instanceof BoundedBody.TooLarge) {
            return UnreachableException.tooLarge(call.uri(), limits.maxBodyBytes());
        }
        if (failure instanceof HttpConnectTimeoutException) {
            return UnreachableException.timedOut(call.uri(), Phase.CONNECT, limits.connectTimeout());
        }
        if (failure instanceof ConnectException) {
            return failure.getCause() instanceof UnresolvedAddressException
                    ? failed(Phase.RESOLVE, "the host name has no address; check its spelling and the DNS", failure)
                    : failed(
                            Phase.CONNECT,
                            "no connection could be made; check that the host is up, its port, firewall and proxy",
                            failure);
        }
        if (failure instanceof SSLException) {
            return failed(Phase.TLS, "TLS failed; check that the server's certificate is trusted", failure);
        }
        Phase phase = progress == Progress.SENDING ? Phase.SEND : Phase.RECEIVE;
        return failure instanceof ProtocolException
                ? failed(phase, "the answer is no HTTP, or its headers are too large; check host and port", failure)
                : failed(phase, "the connection broke before the answer was complete; try again later", failure);
    }

    private UnreachableException failed(Phase phase, String reason, Throwable cause) {
        String detail = cause.getMessage() == null ? "" : " (" + ForeignText.shownInAscii(cause.getMessage()) + ")";
        return UnreachableException.of(call.uri(), phase, reason + detail, cause);
    }

    private BodyPublisher watched(byte[] body) {
        BodyPublisher bytes = BodyPublishers.ofByteArray(body);
        return new BodyPublisher() {
            @Override
            public long contentLength() {
                return bytes.contentLength();
            }

            @Override
            public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
                progress = Progress.SENDING;
                bytes.subscribe(new Watching(subscriber));
            }
        };
    }

    /** Notices when the last byte has been handed to the connection. */
    private final class Watching implements Flow.Subscriber<ByteBuffer> {
        private final Flow.Subscriber<? super ByteBuffer> to;

        Watching(Flow.Subscriber<? super ByteBuffer> to) {
            this.to = to;
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            to.onSubscribe(subscription);
        }

        @Override
        public void onNext(ByteBuffer item) {
            to.onNext(item);
        }

        @Override
        public void onError(Throwable failure) {
            to.onError(failure);
        }

        @Override
        public void onComplete() {
            progress = Progress.SENT;
            to.onComplete();
        }
    }
}
