package dev.certkit.revocation;

import dev.certkit.internal.der.DerException;
import dev.certkit.internal.der.DerReader;
import dev.certkit.internal.der.DerValue;
import dev.certkit.internal.der.NameForm;
import dev.certkit.internal.der.Tag;
import dev.certkit.trust.TrustReason.RevocationUnknown.Cause;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The answer of a responder (RFC 6960, 4.2); nothing in it is believed before its signature was checked. */
final class OcspReply {
    static final int MAX_OCTETS = 64 << 10;
    private static final String BASIC = "1.3.6.1.5.5.7.48.1.1";
    private static final int MAX_CERTIFICATES = 8;
    private static final List<String> FAILURES = List.of(
            "successful", "malformedRequest", "internalError", "tryLater", "reserved", "sigRequired", "unauthorized");

    private final Signed signed;
    private final List<byte[]> certificates = new ArrayList<>();
    private final DerValue responder;
    private final DerValue statuses;
    private Optional<byte[]> nonce = Optional.empty();

    private OcspReply(byte[] basic) throws DerException {
        signed = Signed.decode(basic);
        Optional<DerValue> more = signed.rest().nextIf(Tag.constructed(0));
        signed.rest().end();
        if (more.isPresent()) {
            readCertificates(more.get().children().next(Tag.SEQUENCE).children());
        }
        DerReader data = signed.content();
        data.nextIf(Tag.constructed(0));
        responder = data.next();
        data.next(Tag.GENERALIZED_TIME);
        statuses = data.next(Tag.SEQUENCE);
        Optional<DerValue> extensions = data.nextIf(Tag.constructed(1));
        data.end();
        if (extensions.isPresent()) {
            readExtensions(extensions.get());
        }
    }

    static OcspReply decode(byte[] der) throws UnusableException {
        if (der.length > MAX_OCTETS) {
            throw new UnusableException(
                    Cause.BROKEN, "the answer has " + der.length + " octets, at most " + MAX_OCTETS + " are read");
        }
        try {
            DerReader response = DerReader.single(der, Tag.SEQUENCE).children();
            byte[] status = response.next(Tag.ENUMERATED).content();
            if (status.length != 1 || status[0] != 0) {
                throw new UnusableException(Cause.UNREACHABLE, "the responder answers " + failure(status));
            }
            DerReader bytes = response.next(Tag.constructed(0))
                    .children()
                    .next(Tag.SEQUENCE)
                    .children();
            if (!bytes.next(Tag.OID).oid().equals(BASIC)) {
                throw new DerException("it is of an unknown type");
            }
            return new OcspReply(bytes.next(Tag.OCTET_STRING).octets());
        } catch (IOException | IllegalArgumentException e) {
            throw new UnusableException(Cause.BROKEN, "it is no answer of OCSP: " + e.getMessage());
        }
    }

    private static String failure(byte[] status) {
        boolean known = status.length == 1 && status[0] > 0 && status[0] < FAILURES.size();
        return known ? FAILURES.get(status[0]) : "with an unknown status";
    }

    private void readCertificates(DerReader each) throws DerException {
        while (each.hasNext()) {
            if (certificates.size() == MAX_CERTIFICATES) {
                throw new DerException("more than " + MAX_CERTIFICATES + " certificates");
            }
            certificates.add(each.next(Tag.SEQUENCE).encoded());
        }
    }

    private void readExtensions(DerValue extensions) throws DerException {
        for (DerReader each = extensions.children().next(Tag.SEQUENCE).children(); each.hasNext(); ) {
            CrlScope.Field field = CrlScope.Field.read(each.next(Tag.SEQUENCE).children());
            if (field.oid().equals(OcspQuestion.NONCE)) {
                nonce = Optional.of(
                        DerReader.single(field.value(), Tag.OCTET_STRING).octets());
            } else if (field.critical()) {
                throw new DerException("it has the critical extension " + field.oid() + ", unknown here");
            }
        }
    }

    Signed signed() {
        return signed;
    }

    List<byte[]> certificates() {
        return certificates;
    }

    /** Whether it says that this holder signed it: by name, or by the SHA-1 of the key (RFC 6960, 4.2.2.3). */
    boolean isBy(byte[] name, byte[] keyBits) throws DerException {
        DerReader inside = responder.children();
        byte[] given = inside.next().encoded();
        if (responder.is(Tag.constructed(1))) {
            return NameForm.same(given, name);
        }
        return responder.is(Tag.constructed(2))
                && Arrays.equals(
                        DerReader.single(given, Tag.OCTET_STRING).octets(), OcspQuestion.digest("SHA-1", keyBits));
    }

    /** A responder that answers from stock sends no nonce (RFC 5019, 4); another one than ours is of another question. */
    void checkNonce(byte[] asked) throws UnusableException {
        if (nonce.filter(answered -> !Arrays.equals(answered, asked)).isPresent()) {
            throw new UnusableException(Cause.BROKEN, "the answer is one to another question (nonce)");
        }
    }

    /** What it says of the certificate, once who signed it is known. */
    Status status(OcspQuestion question, Freshness freshness) throws UnusableException {
        try {
            for (DerReader each = statuses.children(); each.hasNext(); ) {
                DerReader single = each.next(Tag.SEQUENCE).children();
                if (question.isMeantBy(single.next(Tag.SEQUENCE).children())) {
                    return single(single, freshness);
                }
            }
            throw new UnusableException(Cause.BROKEN, "the answer is about other certificates");
        } catch (DerException e) {
            throw new UnusableException(Cause.BROKEN, "it is no answer of OCSP: " + e.getMessage());
        }
    }

    private static Status single(DerReader fields, Freshness freshness) throws DerException, UnusableException {
        DerValue said = fields.next();
        Instant thisUpdate = fields.next(Tag.GENERALIZED_TIME).time();
        Optional<DerValue> next = fields.nextIf(Tag.constructed(0));
        Optional<Instant> nextUpdate =
                next.isPresent() ? Optional.of(next.get().children().next().time()) : Optional.empty();
        Optional<DerValue> extensions = fields.nextIf(Tag.constructed(1));
        fields.end();
        if (extensions.isPresent()) {
            refuseCritical(extensions.get().children().next(Tag.SEQUENCE).children());
        }
        return said(said, freshness.check(thisUpdate, nextUpdate));
    }

    private static void refuseCritical(DerReader extensions) throws DerException {
        while (extensions.hasNext()) {
            CrlScope.Field field =
                    CrlScope.Field.read(extensions.next(Tag.SEQUENCE).children());
            if (field.critical()) {
                throw new DerException("it has the critical extension " + field.oid() + ", unknown here");
            }
        }
    }

    private static Status said(DerValue said, Instant until) throws DerException {
        if (said.is(Tag.context(0)) && said.contentLength() == 0) {
            return new Status.Good(until);
        }
        if (said.is(Tag.constructed(1))) {
            DerReader info = said.children();
            Instant time = info.next(Tag.GENERALIZED_TIME).time();
            Optional<DerValue> reason = info.nextIf(Tag.constructed(0));
            byte[] number = reason.isPresent()
                    ? reason.get().children().next(Tag.ENUMERATED).content()
                    : new byte[1];
            return new Status.Revoked(time, Crl.name(number.length == 1 ? number[0] : 0), until);
        }
        if (said.is(Tag.context(2))) {
            return new Status.Unknown(Cause.UNKNOWN, "the responder does not know the certificate");
        }
        throw new DerException("the status has the tag " + said.tag());
    }
}
