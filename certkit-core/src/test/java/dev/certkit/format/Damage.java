package dev.certkit.format;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** What goes wrong with files, and what attackers make go wrong; the same number always gives the same file. */
final class Damage {
    private static final byte[] INTERESTING = {
        0, 1, 0x7F, (byte) 0x80, (byte) 0x81, (byte) 0x84, (byte) 0xFF, 0x30, 0x24
    };
    private static final List<String> SCRAPS = List.of(
            "-----BEGIN ",
            "-----END ",
            "-----",
            "CERTIFICATE-----\n",
            "\n",
            "\r",
            "=",
            "\\n",
            "\"",
            "Proc-Type: 4,\n",
            "<",
            "\u00a0");
    private static final int LONGEST = 1 << 16;

    private final List<byte[]> files;
    private final Random random;

    private Damage(List<byte[]> files, long seed) {
        this.files = files;
        this.random = new Random(seed);
    }

    static byte[] of(List<byte[]> files, long seed) {
        Damage damage = new Damage(files, seed);
        byte[] bytes = damage.file().clone();
        for (int i = 0; i <= damage.random.nextInt(4); i++) {
            bytes = damage.once(bytes);
        }
        return bytes.length > LONGEST ? Arrays.copyOf(bytes, LONGEST) : bytes;
    }

    private byte[] file() {
        return files.get(random.nextInt(files.size()));
    }

    private byte[] once(byte[] bytes) {
        if (bytes.length < 2) {
            return file().clone();
        }
        int at = random.nextInt(bytes.length);
        int to = Math.min(bytes.length, at + 1 + random.nextInt(40));
        return switch (random.nextInt(16)) {
            case 0 -> Arrays.copyOf(bytes, at);
            case 1 -> Arrays.copyOfRange(bytes, at, bytes.length);
            case 2, 3 -> with(bytes, at, (byte) (bytes[at] ^ 1 << random.nextInt(8)));
            case 4, 5 -> with(bytes, at, INTERESTING[random.nextInt(INTERESTING.length)]);
            case 6 -> joined(head(bytes, at), head(file(), random.nextInt(40)), tail(bytes, at));
            case 7 -> joined(bytes, bytes);
            case 8 -> joined(bytes, random(random.nextInt(50)));
            case 9 -> joined(new byte[] {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF}, bytes);
            case 10 -> new String(bytes, ISO_8859_1).getBytes(UTF_16LE);
            case 11 -> joined(head(bytes, at), tail(bytes, to));
            case 12 -> joined(head(bytes, to), tail(bytes, at));
            case 13 ->
                joined(
                        head(bytes, at),
                        SCRAPS.get(random.nextInt(SCRAPS.size())).getBytes(ISO_8859_1),
                        tail(bytes, at));
            case 14 -> longer(bytes, at);
            default -> spliced(bytes, at);
        };
    }

    /** A length from here on that is longer, huge or indefinite. */
    private byte[] longer(byte[] bytes, int from) {
        for (int i = from; i + 1 < bytes.length; i++) {
            if ((bytes[i] & 0x3F) == 0x30 || bytes[i] == 4 || bytes[i] == 3 || (bytes[i] & 0xE0) == 0xA0) {
                byte[] length = List.of(
                                new byte[] {(byte) 0x80},
                                new byte[] {(byte) 0x84, 0x7F, -1, -1, -1},
                                new byte[] {(byte) (bytes[i + 1] + 1)},
                                new byte[] {(byte) 0x81, 0})
                        .get(random.nextInt(4));
                return joined(head(bytes, i + 1), length, tail(bytes, i + 2));
            }
        }
        return bytes;
    }

    private byte[] spliced(byte[] bytes, int at) {
        byte[] other = file();
        return joined(head(bytes, at), tail(other, random.nextInt(other.length)));
    }

    private byte[] random(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] with(byte[] bytes, int at, byte value) {
        byte[] changed = bytes.clone();
        changed[at] = value;
        return changed;
    }

    private static byte[] head(byte[] bytes, int to) {
        return Arrays.copyOf(bytes, Math.min(to, bytes.length));
    }

    private static byte[] tail(byte[] bytes, int from) {
        return Arrays.copyOfRange(bytes, from, bytes.length);
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
