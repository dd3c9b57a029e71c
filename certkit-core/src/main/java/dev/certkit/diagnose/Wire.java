package dev.certkit.diagnose;

import dev.certkit.internal.text.ForeignText;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;

/** A connection with one deadline over all its reads, and a budget of octets that may come. */
final class Wire implements Closeable {
    /** Ten times what a TLS server with a long chain sends. */
    static final int BUDGET = 512 * 1024;

    private static final int LONGEST_LINE = 1000;

    private final Socket socket;
    private Deadline deadline;
    private int received;

    Wire(Socket socket, Deadline deadline) {
        this.socket = socket;
        this.deadline = deadline;
    }

    /** From now on nobody waits longer than this. */
    void shorten(Duration time) {
        deadline = deadline.atMost(time);
    }

    int received() {
        return received;
    }

    void write(byte[] octets) throws FailedStep {
        try {
            socket.getOutputStream().write(octets);
            socket.getOutputStream().flush();
        } catch (IOException e) {
            throw new FailedStep(FindingCode.CLOSED, "it closed the connection while it was spoken to");
        }
    }

    /** At least one octet, or -1 at the end. */
    int read(byte[] into, int offset, int length) throws FailedStep {
        if (received >= BUDGET) {
            throw new FailedStep(FindingCode.TOO_MUCH_DATA, "it sends more than " + BUDGET + " octets");
        }
        int left = deadline.millis();
        if (left == 0) {
            throw silence();
        }
        try {
            socket.setSoTimeout(left);
            int count = socket.getInputStream().read(into, offset, Math.min(length, BUDGET - received));
            received += Math.max(count, 0);
            return count;
        } catch (SocketTimeoutException e) {
            throw silence();
        } catch (IOException e) {
            // A reset is an end, too; what came before it counts.
            return -1;
        }
    }

    private FailedStep silence() {
        return new FailedStep(
                FindingCode.NO_ANSWER,
                received == 0
                        ? "it took the connection and said nothing in time"
                        : "it stopped after " + received + " octets, before its answer was complete");
    }

    /** As many octets as asked for, or fewer at the end. */
    byte[] readUpTo(int length) throws FailedStep {
        byte[] octets = new byte[length];
        int have = 0;
        while (have < length) {
            int count = read(octets, have, length - have);
            if (count < 0) {
                return Arrays.copyOf(octets, have);
            }
            have += count;
        }
        return octets;
    }

    /** What is there after a little while, for showing it. */
    byte[] whateverComes(int most, Duration moment) {
        ByteArrayOutputStream seen = new ByteArrayOutputStream();
        byte[] part = new byte[most];
        shorten(moment);
        try {
            int count;
            while (seen.size() < most && (count = read(part, 0, most - seen.size())) > 0) {
                seen.write(part, 0, count);
            }
        } catch (FailedStep e) {
            // It is only shown.
            return seen.toByteArray();
        }
        return seen.toByteArray();
    }

    /** A line without its end; octet by octet, since TLS may begin after it. */
    String readLine() throws FailedStep {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        byte[] one = new byte[1];
        while (read(one, 0, 1) == 1) {
            if (one[0] == '\n') {
                return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
            }
            line.write(one[0]);
            if (line.size() > LONGEST_LINE) {
                throw new FailedStep(
                        FindingCode.TOO_MUCH_DATA, "it sends a line of more than " + LONGEST_LINE + " octets");
            }
        }
        throw new FailedStep(
                FindingCode.CLOSED,
                line.size() == 0
                        ? "it closed the connection"
                        : "it closed the connection after " + quoted(line.toString(StandardCharsets.ISO_8859_1)));
    }

    static String quoted(String foreign) {
        return '"' + ForeignText.shown(foreign) + '"';
    }

    @Override
    public void close() {
        try {
            // Nothing that was not read yet may hold the port.
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            // It is gone either way.
            return;
        }
    }
}
