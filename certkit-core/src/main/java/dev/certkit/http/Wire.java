package dev.certkit.http;

import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.channels.UnsupportedAddressTypeException;

/**
 * A TCP connection of which no step takes longer than it may.
 *
 * <p>The calling thread waits. Its interruption ends the step with an {@link InterruptedIOException} or a
 * {@link java.nio.channels.ClosedByInterruptException}, and leaves the thread interrupted.
 */
final class Wire implements Closeable {
    /** The JDK copies what is written into a buffer outside the heap, as large as what it is given, and keeps it. */
    private static final int SLICE = 64 * 1024;

    private final SocketChannel channel;
    private final Selector selector;
    private final SelectionKey key;

    private Wire(SocketChannel channel, Selector selector) throws IOException {
        this.channel = channel;
        this.selector = selector;
        this.key = channel.register(selector, 0);
    }

    static Wire to(InetSocketAddress address, Deadline deadline) throws IOException {
        Wire wire = open();
        try {
            boolean connected = wire.channel.connect(address);
            while (!connected) {
                wire.await(SelectionKey.OP_CONNECT, deadline);
                connected = wire.channel.finishConnect();
            }
            return wire;
        } catch (IOException e) {
            wire.close();
            throw e;
        } catch (UnsupportedAddressTypeException e) {
            wire.close();
            throw new ConnectException("this machine has no network for " + address.getAddress());
        }
    }

    private static Wire open() throws IOException {
        SocketChannel channel = SocketChannel.open();
        try {
            channel.configureBlocking(false);
            // A call is written at once, and must not wait for the acknowledgement of an earlier piece.
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            return new Wire(channel, channel.provider().openSelector());
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    void write(byte[] bytes, Deadline deadline) throws IOException {
        for (int sent = 0; sent < bytes.length; ) {
            int taken = channel.write(ByteBuffer.wrap(bytes, sent, Math.min(SLICE, bytes.length - sent)));
            if (taken == 0) {
                await(SelectionKey.OP_WRITE, deadline);
            }
            sent += taken;
        }
    }

    /** As many bytes as are there, at least one; -1 at the end. */
    int read(ByteBuffer into, Deadline deadline) throws IOException {
        int count = channel.read(into);
        while (count == 0) {
            await(SelectionKey.OP_READ, deadline);
            count = channel.read(into);
        }
        return count;
    }

    private void await(int operation, Deadline deadline) throws IOException {
        key.interestOps(operation);
        selector.select(deadline.millisLeft());
        selector.selectedKeys().clear();
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException();
        }
    }

    @Override
    public void close() throws IOException {
        try (channel) {
            selector.close();
        }
    }
}
