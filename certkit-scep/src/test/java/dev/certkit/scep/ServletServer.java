package dev.certkit.scep;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.servlet.ServletException;
import javax.servlet.ServletInputStream;
import javax.servlet.ServletOutputStream;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;

/** A servlet behind the JDK's HTTP server, as far as one that speaks SCEP needs a container. */
final class ServletServer implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(2);
    private final List<String> seen = new CopyOnWriteArrayList<>();

    ServletServer(HttpServlet servlet) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", exchange -> serve(servlet, exchange));
        server.setExecutor(threads);
        server.start();
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/scep");
    }

    /** The operations so far. */
    List<String> seen() {
        return List.copyOf(seen);
    }

    private void serve(HttpServlet servlet, HttpExchange exchange) throws IOException {
        try (exchange) {
            seen.add(exchange.getRequestMethod() + " " + parameter(exchange, "operation"));
            Answer answer = new Answer(exchange);
            try {
                servlet.service(answer.request(), answer.response());
            } catch (ServletException | RuntimeException e) {
                answer.status = 500;
            }
            answer.writer.flush();
            byte[] body = answer.body.toByteArray();
            exchange.sendResponseHeaders(answer.status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private static String parameter(HttpExchange exchange, String name) {
        return Arrays.stream(exchange.getRequestURI().getRawQuery().split("&"))
                .filter(each -> each.startsWith(name + "="))
                .map(each -> URLDecoder.decode(each.substring(name.length() + 1), StandardCharsets.UTF_8))
                .findFirst()
                .orElse(null);
    }

    private static final class Answer {
        private final HttpExchange exchange;
        private final ByteArrayOutputStream body = new ByteArrayOutputStream();
        private final PrintWriter writer = new PrintWriter(body, false, StandardCharsets.UTF_8);
        private int status = 200;

        Answer(HttpExchange exchange) {
            this.exchange = exchange;
        }

        HttpServletRequest request() {
            return proxy(HttpServletRequest.class, (self, method, arguments) -> switch (method.getName()) {
                case "getMethod" -> exchange.getRequestMethod();
                case "getParameter" -> parameter(exchange, (String) arguments[0]);
                case "getInputStream" -> input(exchange.getRequestBody());
                default -> throw new UnsupportedOperationException(method.getName());
            });
        }

        HttpServletResponse response() {
            return proxy(HttpServletResponse.class, (self, method, arguments) -> {
                switch (method.getName()) {
                    case "getOutputStream":
                        return output();
                    case "getWriter":
                        return writer;
                    case "addHeader", "setHeader":
                        exchange.getResponseHeaders().set((String) arguments[0], (String) arguments[1]);
                        return null;
                    case "setStatus", "sendError":
                        status = (int) arguments[0];
                        return null;
                    default:
                        throw new UnsupportedOperationException(method.getName());
                }
            });
        }

        private ServletOutputStream output() {
            return new ServletOutputStream() {
                @Override
                public void write(int b) {
                    body.write(b);
                }
            };
        }

        private static ServletInputStream input(InputStream from) {
            return new ServletInputStream() {
                @Override
                public int read() throws IOException {
                    return from.read();
                }
            };
        }

        private static <T> T proxy(Class<T> type, InvocationHandler handler) {
            return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
