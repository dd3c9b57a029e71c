package dev.certkit.examples;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.IdentityCipherSuiteFilter;
import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.SslHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;

/** A server that sends back what it gets, and a client of it. */
final class NettyEcho implements AutoCloseable {
    private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());

    private static JdkSslContext netty(SSLContext context, boolean isClient, String... protocols) {
        return new JdkSslContext(
                context,
                isClient,
                null,
                IdentityCipherSuiteFilter.INSTANCE,
                ApplicationProtocolConfig.DISABLED,
                ClientAuth.NONE,
                protocols.length == 0 ? null : protocols,
                false);
    }

    /** Gives the port on which it listens until it is closed. */
    int serve(SSLContext context) {
        JdkSslContext made = netty(context, false);
        Channel channel = new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel accepted) {
                        accepted.pipeline().addLast(made.newHandler(accepted.alloc()), new Echo());
                    }
                })
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .syncUninterruptibly()
                .channel();
        return ((InetSocketAddress) channel.localAddress()).getPort();
    }

    /** Sends a word and waits for it to come back, so that the ticket of TLS 1.3 has come too; gives what was presented. */
    X509Certificate ask(SSLContext context, String protocol, int port) {
        CompletableFuture<X509Certificate> answer = new CompletableFuture<>();
        JdkSslContext made = netty(context, true, protocol);
        Channel channel = new Bootstrap()
                .group(loops)
                .channel(NioSocketChannel.class)
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel opened) {
                        SslHandler tls = made.newHandler(opened.alloc(), "localhost", port);
                        opened.pipeline().addLast(tls, new Asking(tls, answer));
                    }
                })
                .connect("localhost", port)
                .syncUninterruptibly()
                .channel();
        try {
            return answer.join();
        } finally {
            channel.close().syncUninterruptibly();
        }
    }

    private static final class Echo extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            context.writeAndFlush(message);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }

    private static final class Asking extends ChannelInboundHandlerAdapter {
        private final SslHandler tls;
        private final CompletableFuture<X509Certificate> answer;

        Asking(SslHandler tls, CompletableFuture<X509Certificate> answer) {
            this.tls = tls;
            this.answer = answer;
        }

        @Override
        public void channelActive(ChannelHandlerContext context) {
            context.writeAndFlush(Unpooled.wrappedBuffer(new byte[] {42}));
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
            ((ByteBuf) message).release();
            answer.complete((X509Certificate) tls.engine().getSession().getPeerCertificates()[0]);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            answer.completeExceptionally(cause);
            context.close();
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            answer.completeExceptionally(new IllegalStateException("the server closed"));
        }
    }

    @Override
    public void close() {
        loops.shutdownGracefully(0, 0, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
