package dev.certkit.trust;

import dev.certkit.internal.der.Der;
import dev.certkit.internal.der.DerException;
import dev.certkit.internal.der.DerReader;
import dev.certkit.internal.der.Tag;
import dev.certkit.trust.NameRules.Match;
import dev.certkit.x509.DistinguishedName;
import java.util.ArrayList;
import java.util.List;
import javax.security.auth.x500.X500Principal;

/** Directory names: a name is within those that it begins with (RFC 5280, 4.2.1.10, 7.1). */
final class DirectoryRules {
    private DirectoryRules() {}

    static Match within(DistinguishedName name, byte[] base) {
        try {
            DistinguishedName wanted = DistinguishedName.of(new X500Principal(base));
            List<byte[]> beginning = rdns(wanted.encoded());
            List<byte[]> all = rdns(name.encoded());
            if (all.size() < beginning.size()) {
                return Match.NO;
            }
            DistinguishedName cut =
                    DistinguishedName.of(new X500Principal(Der.sequence(all.subList(0, beginning.size()))));
            return Match.of(cut.equals(wanted));
        } catch (DerException | IllegalArgumentException e) {
            return Match.UNKNOWN;
        }
    }

    private static List<byte[]> rdns(byte[] name) throws DerException {
        List<byte[]> rdns = new ArrayList<>();
        for (DerReader each = DerReader.single(name, Tag.SEQUENCE).children(); each.hasNext(); ) {
            rdns.add(each.next(Tag.SET).encoded());
        }
        return rdns;
    }
}
