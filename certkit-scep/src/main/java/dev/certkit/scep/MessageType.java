package dev.certkit.scep;

import dev.certkit.scep.ScepException.Check;
import java.util.Arrays;

/** The message types of RFC 8894, section 3.2.1.2. Type 18 of older drafts was withdrawn and is refused. */
enum MessageType {
    CERT_REP(3),
    RENEWAL_REQ(17),
    PKCS_REQ(19),
    CERT_POLL(20),
    GET_CERT(21),
    GET_CRL(22);

    private final int number;

    MessageType(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    static MessageType of(int number) throws ScepException {
        return Arrays.stream(values())
                .filter(type -> type.number == number)
                .findFirst()
                .orElseThrow(() -> ScepException.of(
                        Check.MESSAGE_TYPE,
                        "The SCEP message has type " + number + ", which RFC 8894 does not know; the peer is broken or"
                                + " speaks a withdrawn draft"));
    }
}
