package dev.certkit.revocation;

import dev.certkit.internal.der.DerException;
import dev.certkit.internal.der.DerReader;
import dev.certkit.internal.der.DerValue;
import dev.certkit.internal.der.NameForm;
import dev.certkit.internal.der.Tag;
import dev.certkit.key.CryptoProviders;
import dev.certkit.trust.TrustReason.RevocationUnknown.Cause;
import dev.certkit.x509.RevocationReason;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A complete CRL of the certificates' own issuer, read and found sound (RFC 5280, 5 and 6.3.3). */
final class Crl {
    static final int MAX_OCTETS = 8 << 20;
    private static final int MAX_ENTRIES = 200_000;
    private static final String REASON = "2.5.29.21";

    private final CrlScope scope;
    private final Map<BigInteger, Entry> entries = new HashMap<>();
    private final int octets;
    private Instant thisUpdate = Instant.EPOCH;
    private Optional<Instant> nextUpdate = Optional.empty();

    private record Entry(Instant time, int reason) {}

    private Crl(byte[] der) {
        this.octets = der.length;
        this.scope = new CrlScope();
    }

    /**
     * Reads a list, and checks all but its scope and age.
     *
     * @throws UnusableException if it is not what the issuer of the certificate signed
     */
    static Crl decode(byte[] der, Link link, CryptoProviders providers) throws UnusableException {
        if (der.length > MAX_OCTETS) {
            throw new UnusableException(
                    Cause.BROKEN, "the list has " + der.length + " octets, at most " + MAX_OCTETS + " are read");
        }
        try {
            Signed signed = Signed.decode(der);
            signed.rest().end();
            Crl crl = new Crl(der);
            // Entries are many: nothing of a stranger's is read.
            signed.checkSignature(link.issuerKeyInfo(), providers);
            crl.read(signed, link);
            return crl;
        } catch (IOException | IllegalArgumentException e) {
            throw new UnusableException(Cause.BROKEN, "it is no list that can be used: " + e.getMessage());
        }
    }

    private void read(Signed signed, Link link) throws IOException, UnusableException {
        if (!link.mayIssuerSignCrls()) {
            throw new UnusableException(Cause.BROKEN, "the issuer's key may not sign lists (no cRLSign)");
        }
        DerReader fields = signed.content();
        Optional<DerValue> version = fields.nextIf(Tag.INTEGER);
        if (version.isPresent() && version.get().smallInteger() != 1) {
            throw new DerException("its version is not 2");
        }
        if (!signed.isAlgorithm(fields.next(Tag.SEQUENCE))) {
            throw new DerException("it names another algorithm inside than outside");
        }
        if (!NameForm.same(
                fields.next(Tag.SEQUENCE).encoded(), link.certificate().issuer().encoded())) {
            throw new UnusableException(Cause.BROKEN, "it is of another issuer");
        }
        thisUpdate = fields.next().time();
        nextUpdate = fields.hasNext(Tag.UTC_TIME) || fields.hasNext(Tag.GENERALIZED_TIME)
                ? Optional.of(fields.next().time())
                : Optional.empty();
        Optional<DerValue> revoked = fields.nextIf(Tag.SEQUENCE);
        if (revoked.isPresent()) {
            readEntries(revoked.get().children());
        }
        Optional<DerValue> extensions = fields.nextIf(Tag.constructed(0));
        fields.end();
        if (extensions.isPresent()) {
            scope.read(extensions.get().children().next(Tag.SEQUENCE).children());
        }
    }

    private void readEntries(DerReader each) throws DerException {
        while (each.hasNext()) {
            if (entries.size() == MAX_ENTRIES) {
                throw new DerException("more than " + MAX_ENTRIES + " entries");
            }
            DerReader entry = each.next(Tag.SEQUENCE).children();
            BigInteger serial = entry.next(Tag.INTEGER).integer();
            Instant time = entry.next().time();
            Optional<DerValue> extensions = entry.nextIf(Tag.SEQUENCE);
            entry.end();
            entries.put(
                    serial,
                    new Entry(
                            time,
                            extensions.isPresent() ? reason(extensions.get().children()) : 0));
        }
    }

    /** Critical ones, as that of an indirect list, make the whole list useless (RFC 5280, 5.3). */
    private static int reason(DerReader extensions) throws DerException {
        int reason = 0;
        while (extensions.hasNext()) {
            CrlScope.Field field =
                    CrlScope.Field.read(extensions.next(Tag.SEQUENCE).children());
            if (field.oid().equals(REASON)) {
                byte[] content = DerReader.single(field.value(), Tag.ENUMERATED).content();
                reason = content.length == 1 ? content[0] : 0;
            } else if (field.critical()) {
                throw new DerException("an entry has the critical extension " + field.oid());
            }
        }
        return reason;
    }

    int octets() {
        return octets;
    }

    Optional<BigInteger> number() {
        return scope.number();
    }

    /** Whether it is not the older of two lists of the same place. */
    boolean isAtLeast(Optional<BigInteger> before) {
        return before.isEmpty()
                || scope.number()
                        .filter(own -> own.compareTo(before.get()) >= 0)
                        .isPresent();
    }

    /** @throws UnusableException if it is too old, from the future, or not about certificates like this */
    Status status(Link link, List<byte[]> placeNames, Freshness freshness) throws UnusableException {
        if (nextUpdate.isEmpty()) {
            throw new UnusableException(Cause.BROKEN, "the list does not say when the next one comes");
        }
        Instant until = freshness.check(thisUpdate, nextUpdate);
        try {
            scope.check(link.isOfAuthority(), placeNames);
        } catch (IOException e) {
            throw new UnusableException(Cause.BROKEN, String.valueOf(e.getMessage()));
        }
        Entry entry = entries.get(link.serialNumber());
        return entry == null ? new Status.Good(until) : new Status.Revoked(entry.time, name(entry.reason), until);
    }

    static String name(int reason) {
        return RevocationReason.of(reason).orElse(RevocationReason.UNSPECIFIED).rfcName();
    }

    static boolean isIn(byte[] name, List<byte[]> names) {
        return names.stream().anyMatch(each -> Arrays.equals(each, name));
    }
}
