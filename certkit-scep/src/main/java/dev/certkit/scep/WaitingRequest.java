package dev.certkit.scep;

import dev.certkit.store.RecordName;
import dev.certkit.x509.DistinguishedName;
import dev.certkit.x509.Fingerprint;
import dev.certkit.x509.GeneralName;
import dev.certkit.x509.SerialNumber;
import java.time.Instant;
import java.util.List;

/** A request that waits for a person's word at a {@link ScepResponder}. Immutable and thread safe. */
public final class WaitingRequest {
    private final RecordName name;
    private final SerialNumber serial;
    private final Facts facts;

    WaitingRequest(RecordName name, SerialNumber serial, Facts facts) {
        this.name = name;
        this.serial = serial;
        this.facts = facts;
    }

    record Facts(
            String transactionId,
            DistinguishedName subject,
            List<GeneralName> names,
            Fingerprint key,
            String remote,
            Instant since) {}

    RecordName name() {
        return name;
    }

    SerialNumber serial() {
        return serial;
    }

    /** Names this request and no other, for example in a form; printable ASCII. */
    public String ticket() {
        return serial.hex();
    }

    /** What the requester calls its transaction, with nothing that could break a line; anybody can choose the same. */
    public String transactionId() {
        return facts.transactionId;
    }

    /** The subject asked for. */
    public DistinguishedName subject() {
        return facts.subject;
    }

    /** The alternative names that the certificate will have. */
    public List<GeneralName> subjectAlternativeNames() {
        return facts.names;
    }

    /** The SHA-256 digest of the key's SubjectPublicKeyInfo, to compare with what the device shows. */
    public Fingerprint keyFingerprint() {
        return facts.key;
    }

    /** Where it came from, as the HTTP server said, with nothing that could break a line; perhaps empty. */
    public String remote() {
        return facts.remote;
    }

    /** When it came. */
    public Instant since() {
        return facts.since;
    }

    /** The subject and the transaction, with nothing that could break a line. */
    @Override
    public String toString() {
        return Shown.of(facts.subject) + ", transaction " + facts.transactionId;
    }
}
