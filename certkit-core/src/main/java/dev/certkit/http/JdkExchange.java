package dev.certkit.http;

import dev.certkit.http.Deadline.TimeUp;
import dev.certkit.http.UnreachableException.Phase;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One exchange over the JDK's client: remembers how far it came, and says why it failed. */
final class JdkExchange {
    private enum Progress {
        BEGUN,
        SENDING,
        SENT
    }

    private final HttpCall call;
    private final HttpLimits limits;
    private final Deadline whole;
    private final Deadline connecting;
    private volatile Progress progress = Progress.BEGUN;
    private volatile Deadline silence;

    JdkExchange(HttpCall call, HttpLimits limits, Deadline whole) {
        this.call = call;
        this.limits = limits;
        this.whole = whole;
        this.connecting = Deadline.in(limits.connectTimeout());
        // Nothing tells when the connection stands, only that it must by then.
        this.silence = Deadline.in(limits.readTimeout()).later(limits.connectTimeout());
    }

    HttpAnswer run(HttpClient client) throws IOException {
        CompletableFuture<HttpResponse<byte[]>> coming = client.sendAsync(request(), info -> {
            progressed(Progress.SENT);
            return new BoundedBody(limits.maxBodyBytes(), () -> progressed(Progress.SENT));
        });
        try {
            HttpResponse<byte[]> response = awaited(coming);
            return HttpAnswer.of(response.statusCode(), response.headers().map(), response.body());
        } catch (TimeUp e) {
            coming.cancel(true);
            throw Failures.timeUp(call.uri(), phaseOfSilence(), e.deadline(), whole);
        } catch (InterruptedException e) {
            coming.cancel(true);
            Thread.currentThread().interrupt();
            throw Failures.interrupted(call);
        } catch (ExecutionException e) {
            throw explained(root(e));
        }
    }

    private <T> T awaited(CompletableFuture<T> coming) throws TimeUp, InterruptedException, ExecutionException {
        while (true) {
            Deadline next = silence.orSooner(whole);
            try {
                return coming.get(next.millisLeft(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                // Something may have come meanwhile, which the next turn sees.
            }
        }
    }

    private void progressed(Progress now) {
        progress = now;
        silence = Deadline.in(limits.readTimeout());
    }

    private HttpRequest request() {
        HttpRequest.Builder builder = HttpRequest.newBuilder(call.uri()).setHeader("User-Agent", "certkit");
        call.headers().forEach(builder::setHeader);
        call.contentType().ifPresent(type -> builder.setHeader("Content-Type", type));
        return builder.method(call.method(), call.body().map(this::watched).orElseGet(BodyPublishers::noBody))
                .build();
    }

    /** A GET shows nothing of its progress; where the time to connect is over, the connection stood. */
    private Phase phaseOfSilence() {
        return switch (progress) {
            case SENT -> Phase.RECEIVE;
            case SENDING -> Phase.SEND;
            case BEGUN -> call.method().equals("POST") || connecting.nanosLeft() > 0 ? Phase.CONNECT : Phase.RECEIVE;
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
        return failure instanceof HttpConnectTimeoutException
                ? UnreachableException.timedOut(call.uri(), Phase.CONNECT, limits.connectTimeout())
                : Failures.explained(
                        call.uri(), progress == Progress.SENDING ? Phase.SEND : Phase.RECEIVE, limits, failure);
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
                progressed(Progress.SENDING);
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
            progressed(Progress.SENDING);
            to.onNext(item);
        }

        @Override
        public void onError(Throwable failure) {
            to.onError(failure);
        }

        @Override
        public void onComplete() {
            progressed(Progress.SENT);
            to.onComplete();
        }
    }
}
