package dev.certkit.revocation;

import dev.certkit.internal.der.DerException;
import dev.certkit.internal.der.DerReader;
import dev.certkit.internal.der.DerValue;
import dev.certkit.internal.der.Tag;
import dev.certkit.trust.TrustReason.RevocationUnknown.Cause;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the extensions of a CRL say about which certificates it is complete for (RFC 5280, 5.2). */
final class CrlScope {
    private static final String NUMBER = "2.5.29.20";
    private static final String DELTA = "2.5.29.27";
    private static final String POINT = "2.5.29.28";
    private static final int MAX_NUMBER_BITS = 160;

    private Optional<BigInteger> number = Optional.empty();
    private Optional<List<byte[]>> places = Optional.empty();
    private boolean usersOnly;
    private boolean authoritiesOnly;
    private Optional<String> useless = Optional.empty();

    /** One extension. */
    static final class Field {
        private final String oid;
        private final boolean critical;
        private final byte[] value;

        private Field(String oid, boolean critical, byte[] value) {
            this.oid = oid;
            this.critical = critical;
            this.value = value;
        }

        String oid() {
            return oid;
        }

        boolean critical() {
            return critical;
        }

        byte[] value() {
            return value.clone();
        }

        static Field read(DerReader fields) throws DerException {
            String oid = fields.next(Tag.OID).oid();
            Optional<DerValue> critical = fields.nextIf(Tag.BOOLEAN);
            Field field = new Field(
                    oid,
                    critical.isPresent() && critical.get().bool(),
                    fields.next(Tag.OCTET_STRING).octets());
            fields.end();
            return field;
        }
    }

    void read(DerReader extensions) throws DerException {
        while (extensions.hasNext()) {
            Field field = Field.read(extensions.next(Tag.SEQUENCE).children());
            switch (field.oid()) {
                case NUMBER -> number = Optional.of(number(field.value()));
                case DELTA -> useless = Optional.of("it has only what changed since another list");
                case POINT ->
                    readPoint(DerReader.single(field.value(), Tag.SEQUENCE).children());
                default -> {
                    if (field.critical()) {
                        throw new DerException("it has the critical extension " + field.oid() + ", unknown here");
                    }
                }
            }
        }
    }

    private static BigInteger number(byte[] value) throws DerException {
        BigInteger number = DerReader.single(value, Tag.INTEGER).integer();
        if (number.signum() < 0 || number.bitLength() > MAX_NUMBER_BITS) {
            throw new DerException("its number is negative or longer than 20 octets");
        }
        return number;
    }

    private void readPoint(DerReader fields) throws DerException {
        Optional<DerValue> name = fields.nextIf(Tag.constructed(0));
        if (name.isPresent()) {
            readPlaces(name.get().children());
        }
        usersOnly = flag(fields, 1);
        authoritiesOnly = flag(fields, 2);
        if (fields.nextIf(Tag.context(3)).isPresent()) {
            useless = Optional.of("it is for some reasons of revocation only");
        }
        if (flag(fields, 4)) {
            useless = Optional.of("it is of several issuers");
        }
        if (flag(fields, 5)) {
            useless = Optional.of("it is of attribute certificates");
        }
        fields.end();
    }

    private static boolean flag(DerReader fields, int number) throws DerException {
        Optional<DerValue> flag = fields.nextIf(Tag.context(number));
        return flag.isPresent() && flag.get().contentLength() == 1 && flag.get().content()[0] != 0;
    }

    private void readPlaces(DerReader choice) throws DerException {
        DerValue chosen = choice.next();
        choice.end();
        List<byte[]> names = new ArrayList<>();
        if (chosen.is(Tag.constructed(0))) {
            for (DerReader each = chosen.children(); each.hasNext(); ) {
                names.add(each.next().encoded());
            }
        }
        places = Optional.of(names);
    }

    Optional<BigInteger> number() {
        return number;
    }

    /** @param placeNames what the certificate calls the place of the list */
    void check(boolean authority, List<byte[]> placeNames) throws UnusableException {
        if (useless.isPresent()) {
            throw new UnusableException(Cause.BROKEN, useless.get());
        }
        if (authority ? usersOnly : authoritiesOnly) {
            throw new UnusableException(
                    Cause.BROKEN, "it is only of " + (authority ? "no authorities" : "authorities"));
        }
        boolean elsewhere = places.filter(names -> names.stream().noneMatch(name -> Crl.isIn(name, placeNames)))
                .isPresent();
        if (elsewhere) {
            throw new UnusableException(Cause.BROKEN, "it is the list of another place");
        }
    }
}
