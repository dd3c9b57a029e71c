package dev.certkit.scep;

import dev.certkit.format.Certificates;
import dev.certkit.format.MalformedEncodingException;
import dev.certkit.internal.x509.GeneralNames;
import dev.certkit.issue.FailInfo;
import dev.certkit.store.RecordContent;
import dev.certkit.store.RecordName;
import dev.certkit.store.StoredRecord;
import dev.certkit.x509.Fingerprint;
import dev.certkit.x509.SerialNumber;
import java.math.BigInteger;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/**
 * How far an order is.
 *
 * <p>It never holds the challenge password: of the request only what must be shown is kept, and the request itself, while
 * it waits for a person, encrypted to the responder. Immutable.
 */
final class Transaction {
    private final RecordFields fields;
    private final State state;
    private final SerialNumber serial;

    /** The state in the record; each is written before the step behind it is taken. */
    enum State {
        /** The serial number is drawn; the challenge may be used, the certificate may be issued. */
        ORDERED,
        /** A person is to decide. */
        WAITING,
        /** A person said yes; the certificate may be issued. */
        APPROVED,
        ISSUED,
        /** A person, or the authority's rules after a person's yes, said no. */
        DENIED;

        static State of(String text) throws MalformedEncodingException {
            return Arrays.stream(values())
                    .filter(state -> state.name().equals(text))
                    .findFirst()
                    .orElseThrow(() -> RecordFields.damaged("state"));
        }
    }

    private enum Field {
        STATE,
        SERIAL,
        SINCE,
        TRANSACTION,
        REMOTE,
        SUBJECT,
        NAMES,
        KEY,
        REQUEST,
        CERTIFICATE,
        FAIL_INFO,
        TEXT
    }

    private Transaction(RecordFields fields, State state, SerialNumber serial) {
        this.fields = fields.with(Field.STATE, state.name()).with(Field.SERIAL, serial.hex());
        this.state = state;
        this.serial = serial;
    }

    static Transaction ordered(SerialNumber serial, Order order, Instant now) {
        RecordFields fields = RecordFields.none()
                .with(Field.SINCE, now)
                .with(Field.TRANSACTION, Shown.of(order.applicant().transactionId()))
                .with(Field.REMOTE, Shown.of(order.applicant().remote()))
                .with(Field.SUBJECT, order.request().subject().encoded())
                .with(
                        Field.NAMES,
                        GeneralNames.of(
                                order.request().subject(), order.request().subjectAlternativeNames()))
                .with(
                        Field.KEY,
                        Fingerprint.sha256(order.request().publicKey().getEncoded())
                                .hex());
        return new Transaction(fields, State.ORDERED, serial);
    }

    static Transaction of(StoredRecord record) throws MalformedEncodingException {
        RecordFields fields = RecordFields.of(record);
        try {
            return new Transaction(
                    fields,
                    State.of(fields.required(Field.STATE)),
                    new SerialNumber(new BigInteger(fields.required(Field.SERIAL), 16)));
        } catch (IllegalArgumentException e) {
            throw RecordFields.damaged("serial");
        }
    }

    /** Holds an order; the request is encrypted to the responder. */
    Transaction waiting(byte[] sealedRequest) {
        return new Transaction(fields.with(Field.REQUEST, sealedRequest), State.WAITING, serial);
    }

    Transaction approved() {
        return new Transaction(fields, State.APPROVED, serial);
    }

    /** The request of a key that cannot decrypt stays: whoever polls is answered to the challenge password in it. */
    Transaction issued(X509Certificate certificate) {
        boolean decrypts = certificate.getPublicKey().getAlgorithm().equals("RSA");
        return new Transaction(
                (decrypts ? fields.without(Field.REQUEST) : fields)
                        .with(Field.CERTIFICATE, CertificateIds.encoded(certificate)),
                State.ISSUED,
                serial);
    }

    Transaction denied(FailInfo failInfo, String text) {
        return new Transaction(
                fields.without(Field.REQUEST)
                        .with(Field.FAIL_INFO, failInfo.name())
                        .with(Field.TEXT, Shown.of(text)),
                State.DENIED,
                serial);
    }

    State state() {
        return state;
    }

    SerialNumber serial() {
        return serial;
    }

    Instant since() throws MalformedEncodingException {
        return fields.instant(Field.SINCE);
    }

    byte[] sealedRequest() throws MalformedEncodingException {
        return fields.bytes(Field.REQUEST);
    }

    Optional<byte[]> keptRequest() throws MalformedEncodingException {
        return fields.text(Field.REQUEST).isPresent() ? Optional.of(sealedRequest()) : Optional.empty();
    }

    X509Certificate certificate() throws MalformedEncodingException {
        return Certificates.decode(fields.bytes(Field.CERTIFICATE)).get(0);
    }

    Decision.Refused refusal() throws MalformedEncodingException {
        Optional<FailInfo> failInfo = Arrays.stream(FailInfo.values())
                .filter(known -> fields.text(Field.FAIL_INFO).equals(Optional.of(known.name())))
                .findFirst();
        return new Decision.Refused(
                failInfo.orElseThrow(() -> RecordFields.damaged("fail-info")), fields.required(Field.TEXT));
    }

    /** Whether its certificate has lived for more than half of its time. */
    boolean isPastHalfLife(Instant now) throws MalformedEncodingException {
        if (state != State.ISSUED) {
            return false;
        }
        Instant from = certificate().getNotBefore().toInstant();
        Duration life = Duration.between(from, certificate().getNotAfter().toInstant());
        return now.isAfter(from.plus(life.dividedBy(2)));
    }

    WaitingRequest asWaiting(RecordName name) throws MalformedEncodingException {
        return new WaitingRequest(
                name,
                serial,
                new WaitingRequest.Facts(
                        fields.required(Field.TRANSACTION),
                        fields.subject(Field.SUBJECT),
                        fields.names(Field.NAMES),
                        Fingerprint.parse(fields.required(Field.KEY)),
                        fields.required(Field.REMOTE),
                        since()));
    }

    /** Only what waits is ever due, which makes the waiting ones findable by index. */
    RecordContent content() throws MalformedEncodingException {
        return state == State.WAITING ? fields.content().lookAgainAt(since()) : fields.content();
    }
}
