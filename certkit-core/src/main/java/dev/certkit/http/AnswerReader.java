package dev.certkit.http;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * Reads one answer of HTTP/1 (RFC 9112), and never more of it than the limits allow.
 *
 * <p>Whatever comes, it is read to the end of the answer, or refused: as a {@link ProtocolException} if it is no HTTP, an
 * {@link EOFException} if it breaks off, or {@link BoundedBody.TooLarge}.
 */
final class AnswerReader {
    /** Real ones take less than a kilobyte. */
    static final int MAX_HEAD_BYTES = 64 * 1024;

    private static final int MAX_CHUNK_LINE_BYTES = 256;
    private static final Pattern CHUNK_SIZE = Pattern.compile("[0-9A-Fa-f]{1,8}");

    /** Where the bytes come from. */
    @FunctionalInterface
    interface Source {
        /** Waits for one byte or more; -1 at the end. */
        int read(ByteBuffer into) throws IOException;
    }

    private final Source source;
    private final int maxBodyBytes;
    private final ByteBuffer buffer = ByteBuffer.allocate(8 * 1024).flip();
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private int lineBytesLeft;

    AnswerReader(Source source, int maxBodyBytes) {
        this.source = source;
        this.maxBodyBytes = maxBodyBytes;
    }

    HttpAnswer read() throws IOException {
        lineBytesLeft = MAX_HEAD_BYTES;
        AnswerHead head = AnswerHead.parse(lines());
        while (head.isInterim()) {
            head = AnswerHead.parse(lines());
        }
        if (!head.isWithoutBody()) {
            readBody(head);
        }
        return HttpAnswer.of(head.status(), head.headers(), body.toByteArray());
    }

    /** RFC 9112, section 6.3. */
    private void readBody(AnswerHead head) throws IOException {
        if (head.isChunked()) {
            readChunks();
            return;
        }
        OptionalLong length = head.contentLength();
        if (length.isPresent()) {
            take(length.getAsLong());
        } else {
            takeAll();
        }
    }

    private void readChunks() throws IOException {
        for (long size = chunkSize(); size > 0; size = chunkSize()) {
            take(size);
            if (!line().isEmpty()) {
                throw new ProtocolException("a chunk is longer than its size");
            }
        }
        lineBytesLeft = MAX_HEAD_BYTES;
        lines();
    }

    private long chunkSize() throws IOException {
        lineBytesLeft = MAX_CHUNK_LINE_BYTES;
        String size = line().split(";", 2)[0].strip();
        if (!CHUNK_SIZE.matcher(size).matches()) {
            throw AnswerHead.wrong("the size of a chunk is no number", size);
        }
        return Long.parseLong(size, 16);
    }

    /** The lines up to an empty one. */
    private List<String> lines() throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            lines.add(line);
        }
        return lines;
    }

    /** A line without its end, which is CRLF, or LF alone (RFC 9112, section 2.2). */
    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        while (true) {
            if (!buffer.hasRemaining() && !fill()) {
                throw new EOFException("the connection was closed before the end of a line");
            }
            if (--lineBytesLeft < 0) {
                throw new ProtocolException("the headers are too large");
            }
            byte next = buffer.get();
            if (next == '\n') {
                String text = line.toString(StandardCharsets.ISO_8859_1);
                return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
            }
            line.write(next);
        }
    }

    private void take(long count) throws IOException {
        if (count > maxBodyBytes - body.size()) {
            throw new BoundedBody.TooLarge();
        }
        for (int left = (int) count; left > 0; left -= drain(left)) {
            if (!buffer.hasRemaining() && !fill()) {
                throw new EOFException("bytes received: " + body.size() + ", and " + left + " are missing");
            }
        }
    }

    private void takeAll() throws IOException {
        while (buffer.hasRemaining() || fill()) {
            take(buffer.remaining());
        }
    }

    private int drain(int most) {
        int count = Math.min(most, buffer.remaining());
        body.write(buffer.array(), buffer.position(), count);
        buffer.position(buffer.position() + count);
        return count;
    }

    private boolean fill() throws IOException {
        buffer.clear();
        boolean more = source.read(buffer) >= 0;
        buffer.flip();
        return more;
    }
}
