package dev.certkit.diagnose;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what a server says to a greeting, as far as it is said in clear. */
final class ServerFlight {
    private static final int SERVER_HELLO = 2;
    private static final int CERTIFICATE = 11;
    private static final int CERTIFICATE_REQUEST = 13;
    private static final int DONE = 14;
    private static final int LARGEST_MESSAGE = 256 * 1024;
    private static final int MOST_CERTIFICATES = 100;
    private static final int SUPPORTED_VERSIONS = 43;
    private static final int WARNING = 1;
    private static final int HEADER = 4;

    private final Records records;
    private final List<byte[]> certificates = new ArrayList<>();
    private byte[] pending = new byte[1 << 14];
    private int size;
    private @Nullable Negotiated agreed;
    private boolean asksForCertificate;

    ServerFlight(Records records) {
        this.records = records;
    }

    /** What the server agreed to and presented; certificates come in clear up to TLS 1.2 only. */
    record Answer(Negotiated agreed, List<byte[]> certificates, boolean asksForCertificate) {}

    Answer read() throws FailedStep {
        try {
            while (true) {
                byte[] message = next();
                Negotiated known = agreed;
                if (known == null) {
                    known = hello(message);
                    agreed = known;
                }
                if (message[0] == CERTIFICATE) {
                    certificates(message);
                } else if (message[0] == CERTIFICATE_REQUEST) {
                    asksForCertificate = true;
                }
                if (message[0] == DONE || known.protocol().equals(Version.name(Version.TLS_1_3.number()))) {
                    return new Answer(known, List.copyOf(certificates), asksForCertificate);
                }
            }
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            throw new FailedStep(FindingCode.HANDSHAKE_FAILED, "its answer to the greeting of TLS is malformed");
        }
    }

    private Negotiated hello(byte[] message) throws FailedStep {
        if (message[0] != SERVER_HELLO) {
            throw new FailedStep(FindingCode.HANDSHAKE_FAILED, "its answer to the greeting of TLS is malformed");
        }
        ByteBuffer in = ByteBuffer.wrap(message, HEADER, message.length - HEADER);
        int version = in.getShort() & 0xFFFF;
        skip(in, 32);
        skip(in, in.get() & 0xFF);
        int suite = in.getShort() & 0xFFFF;
        in.get();
        if (in.remaining() > 2) {
            in.getShort();
            version = selectedVersion(in, version);
        }
        return new Negotiated(Version.name(version), CipherSuites.name(suite));
    }

    private static int selectedVersion(ByteBuffer extensions, int legacy) {
        while (extensions.remaining() >= 4) {
            int type = extensions.getShort() & 0xFFFF;
            int length = extensions.getShort() & 0xFFFF;
            if (type == SUPPORTED_VERSIONS && length == 2) {
                return extensions.getShort() & 0xFFFF;
            }
            skip(extensions, length);
        }
        return legacy;
    }

    private void certificates(byte[] message) throws FailedStep {
        ByteBuffer in = ByteBuffer.wrap(message, HEADER, message.length - HEADER);
        skip(in, 3);
        while (in.remaining() > 0) {
            if (certificates.size() == MOST_CERTIFICATES) {
                throw new FailedStep(
                        FindingCode.TOO_MUCH_DATA, "it sends more than " + MOST_CERTIFICATES + " certificates");
            }
            byte[] der = new byte[number(in.get(), in.get(), in.get())];
            in.get(der);
            certificates.add(der);
        }
    }

    private static void skip(ByteBuffer in, int count) {
        in.position(in.position() + count);
    }

    private static int number(byte high, byte middle, byte low) {
        int value = (high & 0xFF) << 16 | (middle & 0xFF) << 8 | low & 0xFF;
        if (value > LARGEST_MESSAGE) {
            throw new IllegalArgumentException("length: " + value);
        }
        return value;
    }

    /** One handshake message with its header, put together from as many records as it has. */
    private byte[] next() throws FailedStep {
        while (size < HEADER || size < HEADER + announced()) {
            more();
        }
        int length = HEADER + announced();
        byte[] message = Arrays.copyOf(pending, length);
        System.arraycopy(pending, length, pending, 0, size - length);
        size -= length;
        return message;
    }

    private int announced() throws FailedStep {
        int length = (pending[1] & 0xFF) << 16 | (pending[2] & 0xFF) << 8 | pending[3] & 0xFF;
        if (length > LARGEST_MESSAGE) {
            throw new FailedStep(
                    FindingCode.TOO_MUCH_DATA,
                    "it announces a handshake message of " + length + " octets; the limit is " + LARGEST_MESSAGE);
        }
        return length;
    }

    private void more() throws FailedStep {
        Records.Raw record = records.next();
        if (record.type() == Records.ALERT && record.length() >= 2) {
            if (record.at(0) != WARNING || record.at(1) == Alert.CLOSE_NOTIFY) {
                throw FailedStep.refusedWith(new Alert(record.at(1)));
            }
        } else if (record.type() == Records.HANDSHAKE) {
            if (size + record.length() > pending.length) {
                pending = Arrays.copyOf(pending, 2 * (size + record.length()));
            }
            System.arraycopy(record.octets(), record.octets().length - record.length(), pending, size, record.length());
            size += record.length();
        } else {
            throw new FailedStep(FindingCode.HANDSHAKE_FAILED, "its answer to the greeting of TLS is malformed");
        }
    }
}
