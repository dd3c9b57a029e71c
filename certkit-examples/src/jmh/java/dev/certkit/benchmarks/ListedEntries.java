package dev.certkit.benchmarks;

import dev.certkit.format.Pasted;
import dev.certkit.internal.der.Der;
import dev.certkit.key.KeyType;
import dev.certkit.samples.ForgedCertificate;
import dev.certkit.samples.ForgedCertificate.Field;
import dev.certkit.shelf.trust.TrustLists;
import dev.certkit.store.Storage;
import dev.certkit.trust.Peer;
import dev.certkit.trust.PresentedChain;
import dev.certkit.trust.TrustAnchors;
import dev.certkit.trust.TrustPolicy;
import dev.certkit.x509.DistinguishedName;
import dev.certkit.x509.EncodedCertificate;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Trust lists with many entries of every kind. */
final class ListedEntries {
    private static final KeyPair KEYS = KeyType.EC_P256.generate();

    private ListedEntries() {}

    static TrustLists in(Storage storage, TrustAnchors anchors, int entries) throws Exception {
        TrustLists lists = TrustLists.in(storage)
                .authorities(anchors)
                .capturingUpTo(100_000)
                .open();
        TrustPolicy policy = TrustPolicy.pkix(anchors).deferringTo(lists);
        for (int i = 0; i < entries; i++) {
            EncodedCertificate each = made(i);
            if (i % 4 == 3) {
                policy.judge(PresentedChain.decode(List.of(each.encoded()), Instant.now())
                        .by(new Peer("host-" + i, 443)));
            } else if (i % 4 == 2) {
                lists.reject(each.toX509Certificate());
            } else {
                lists.importing(Pasted.decode(each.encoded()));
            }
        }
        return lists;
    }

    static EncodedCertificate made(int number) {
        byte[] name = DistinguishedName.cn("Listed " + number).o("Acme").c("FR").encoded();
        ForgedCertificate kind = number % 4 == 0 ? ForgedCertificate.authority() : ForgedCertificate.server();
        Instant now = Instant.now();
        return kind.with(Field.SUBJECT, name)
                .with(Field.ISSUER, name)
                .with(Field.SERIAL, Der.integer(number + 1L))
                .with(
                        Field.VALIDITY,
                        Der.sequence(Der.time(now.minus(Duration.ofDays(1))), Der.time(now.plus(Duration.ofDays(30)))))
                .key(KEYS)
                .signer(KEYS)
                .made();
    }
}
