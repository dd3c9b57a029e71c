package dev.certkit.issue;

import java.util.Arrays;
import java.util.Optional;

/** Why an authority refuses (RFC 8894, section 3.2.1.4). */
public enum FailInfo {
    /** Unrecognised or unsupported algorithm. */
    BAD_ALG(0, "badAlg"),
    /** Integrity check failed: the signature of the message is wrong. */
    BAD_MESSAGE_CHECK(1, "badMessageCheck"),
    /** Transaction not permitted or supported; also a wrong challenge and every refusal by policy. */
    BAD_REQUEST(2, "badRequest"),
    /** The message's signing time is too far from the authority's time. */
    BAD_TIME(3, "badTime"),
    /** No certificate matches what was asked for. */
    BAD_CERT_ID(4, "badCertId");

    private final int number;
    private final String rfcName;

    FailInfo(int number, String rfcName) {
        this.number = number;
        this.rfcName = rfcName;
    }

    /**
     * Finds a reason by its number.
     *
     * @param number any
     * @return empty if RFC 8894 has no such number
     */
    public static Optional<FailInfo> of(int number) {
        return Arrays.stream(values()).filter(known -> known.number == number).findFirst();
    }

    /** The number on the wire, 0 to 4. */
    public int number() {
        return number;
    }

    /** The name in RFC 8894, for example {@code badRequest}. */
    public String rfcName() {
        return rfcName;
    }
}
