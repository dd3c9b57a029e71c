package dev.certkit.examples.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** The system's clock, ahead by what stands in a file: a device and its authority in two processes wait together. */
final class SharedClock extends Clock {
    private final Path file;

    SharedClock(Path file) {
        this.file = file;
    }

    @Override
    public Instant instant() {
        return Clock.systemUTC().instant().plus(ahead());
    }

    private Duration ahead() {
        try {
            return Duration.parse(Files.readString(file));
        } catch (NoSuchFileException e) {
            return Duration.ZERO;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As if one had waited until then. */
    void moveTo(Instant time) throws IOException {
        Duration more = Duration.between(instant(), time);
        if (!more.isNegative()) {
            Path written = Files.writeString(
                    file.resolveSibling("clock.new"), ahead().plus(more).toString());
            Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
