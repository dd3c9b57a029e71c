package dev.certkit.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Collects a body up to a limit; at the first byte too many it cancels, which closes the connection. */
final class BoundedBody implements BodySubscriber<byte[]> {
    /** Told to whoever waits for the body. */
    static final class TooLarge extends IOException {
        private static final long serialVersionUID = 1L;
    }

    private final int limit;
    private final Runnable came;
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private final CompletableFuture<byte[]> whole = new CompletableFuture<>();
    private Flow.@Nullable Subscription subscription;

    /** @param came told whenever bytes came */
    BoundedBody(int limit, Runnable came) {
        this.limit = limit;
        this.came = came;
    }

    @Override
    public CompletionStage<byte[]> getBody() {
        return whole;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
        given.request(1);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        Flow.Subscription source = subscription;
        if (source == null || whole.isDone()) {
            return;
        }
        came.run();
        long coming = buffers.stream().mapToLong(ByteBuffer::remaining).sum();
        if (received.size() + coming > limit) {
            source.cancel();
            whole.completeExceptionally(new TooLarge());
            return;
        }
        for (ByteBuffer buffer : buffers) {
            byte[] bytes = new byte[buffer.remaining()];
            buffer.get(bytes);
            received.writeBytes(bytes);
        }
        source.request(1);
    }

    @Override
    public void onError(Throwable failure) {
        whole.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        whole.complete(received.toByteArray());
    }
}
