package dev.certkit.tls;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Field;
import java.util.List;
import org.slf4j.LoggerFactory;
import org.slf4j.simple.SimpleLogger;
import org.slf4j.spi.LocationAwareLogger;

/** Collects what one class logs from WARN up, instead of printing it; slf4j-simple has no way of its own for that. */
final class LogCapture implements AutoCloseable {
    private final PrintStream before = System.err;
    private final ByteArrayOutputStream collected = new ByteArrayOutputStream();
    private final Class<?> source;
    private final int levelBefore;

    private LogCapture(Class<?> source) {
        this.source = source;
        this.levelBefore = level(LocationAwareLogger.WARN_INT);
        System.setErr(new PrintStream(collected, true, UTF_8));
    }

    static LogCapture of(Class<?> source) {
        return new LogCapture(source);
    }

    List<String> warnings() {
        return collected
                .toString(UTF_8)
                .lines()
                .filter(line -> line.contains("WARN " + source.getName()))
                .toList();
    }

    @Override
    public void close() {
        System.setErr(before);
        level(levelBefore);
    }

    private int level(int wanted) {
        try {
            Field level = SimpleLogger.class.getDeclaredField("currentLogLevel");
            level.setAccessible(true);
            int old = level.getInt(LoggerFactory.getLogger(source));
            level.setInt(LoggerFactory.getLogger(source), wanted);
            return old;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
