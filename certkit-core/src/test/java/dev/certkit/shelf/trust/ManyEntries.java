package dev.certkit.shelf.trust;

import dev.certkit.format.PemBlock;
import dev.certkit.internal.der.Der;
import dev.certkit.samples.ForgedCertificate;
import dev.certkit.samples.ForgedCertificate.Field;
import dev.certkit.store.RecordContent;
import dev.certkit.store.Shelf;
import dev.certkit.store.Storage;
import dev.certkit.x509.DistinguishedName;
import dev.certkit.x509.EncodedCertificate;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Many records of trust entries, as text: a quarter each accepted servers, accepted authorities, rejected and captured. */
public final class ManyEntries {
    private static final Shelf SHELF = Shelf.of("trust");
    private static final String NUMBER = "00000000";
    private static final List<String> KINDS = List.of("accepted", "accepted", "rejected", "none");
    private static final EncodedCertificate AUTHORITY = template(ForgedCertificate.authority());
    private static final EncodedCertificate SERVER = template(ForgedCertificate.server());

    private ManyEntries() {}

    private static EncodedCertificate template(ForgedCertificate kind) {
        byte[] name = DistinguishedName.cn("Listed " + NUMBER).o("Acme").c("FR").encoded();
        return kind.with(Field.SUBJECT, name)
                .with(Field.ISSUER, name)
                .with(Field.SERIAL, Der.integer(7))
                .with(Field.VALIDITY, ForgedCertificate.validity("2020-01-01T00:00:00Z", "2039-12-31T00:00:00Z"))
                .made();
    }

    /** One that differs from the others by its name; nobody signed it. */
    public static EncodedCertificate certificate(int number) {
        byte[] der = (number % KINDS.size() == 0 ? AUTHORITY : SERVER).encoded();
        byte[] wanted = NUMBER.getBytes(StandardCharsets.US_ASCII);
        byte[] digits = String.format(Locale.ROOT, "%08d", number).getBytes(StandardCharsets.US_ASCII);
        for (int at = 0; at < der.length - wanted.length; at++) {
            if (Arrays.equals(der, at, at + wanted.length, wanted, 0, wanted.length)) {
                System.arraycopy(digits, 0, der, at, digits.length);
            }
        }
        try {
            return EncodedCertificate.decode(der);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Writes so many records. */
    public static void into(Storage storage, int count, Instant seen) throws IOException {
        for (int i = 0; i < count; i++) {
            EncodedCertificate certificate = certificate(i);
            String kind = KINDS.get(i % KINDS.size());
            String text = "certkit trust entry 1\ndecision: " + kind + "\n"
                    + (kind.equals("accepted") ? "waived: SELF_SIGNED\n" : "")
                    + (kind.equals("none")
                            ? "seen: " + seen + " " + seen + " 1 443 host-" + i + "\nbecause: SELF_SIGNED it is\n"
                            : "")
                    + "\n" + PemBlock.encode("CERTIFICATE", certificate.encoded());
            storage.create(
                    SHELF.name(certificate.fingerprint().hex()),
                    RecordContent.of(text.getBytes(StandardCharsets.UTF_8)).indexedBy(certificate.fingerprint()));
        }
    }
}
