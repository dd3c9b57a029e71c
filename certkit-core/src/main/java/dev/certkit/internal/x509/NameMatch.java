package dev.certkit.internal.x509;

import dev.certkit.internal.der.Der;
import dev.certkit.internal.der.DerException;
import dev.certkit.x509.DistinguishedName;
import dev.certkit.x509.GeneralName;
import dev.certkit.x509.NameConstraints;
import dev.certkit.x509.NameConstraints.Subtree;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import javax.security.auth.x500.X500Principal;

/**
 * Whether names are within bounds, for an issuer that had rather refuse than certify what others refuse (RFC 5280,
 * 4.2.1.10).
 *
 * <p>What cannot be judged is never within a permitted subtree, and always within an excluded one of its kind.
 */
public final class NameMatch {
    private static final int KIND = 0x1F;

    private NameMatch() {}

    /** Whether constraints allow a name. */
    public static boolean allows(NameConstraints constraints, GeneralName name) {
        List<Subtree> permitted = constraints.permitted().stream()
                .filter(tree -> isOfKind(tree, name))
                .toList();
        return (permitted.isEmpty() || permitted.stream().anyMatch(tree -> within(tree, name)))
                && constraints.excluded().stream().noneMatch(tree -> touches(tree, name));
    }

    private static boolean isOfKind(Subtree tree, GeneralName name) {
        return (name.encoded()[0] & KIND) == tree.kind();
    }

    /** Whether a name is for certain within a subtree. */
    public static boolean within(Subtree tree, GeneralName name) {
        if (!isOfKind(tree, name)) {
            return false;
        }
        if (name instanceof GeneralName.Dns dns) {
            return isHostWithin(dns.host(), text(tree));
        }
        if (name instanceof GeneralName.Email email) {
            return isEmailWithin(email.address(), raw(tree));
        }
        if (name instanceof GeneralName.Uri uri) {
            String host = uri.uri().getHost();
            return host != null && isHostOf(host.toLowerCase(Locale.ROOT), text(tree));
        }
        if (name instanceof GeneralName.Ip ip) {
            return isAddressWithin(ip.address(), tree.base());
        }
        return name instanceof GeneralName.DirectoryName directory && isBelow(directory.name(), tree.base());
    }

    private static boolean touches(Subtree tree, GeneralName name) {
        if (!isOfKind(tree, name)) {
            return false;
        }
        if (name instanceof GeneralName.Dns dns && dns.host().startsWith("*.")) {
            // The wildcard may stand for a host that is excluded.
            return within(tree, name) || isHostWithin(text(tree), dns.host().substring(2));
        }
        boolean judged = name instanceof GeneralName.Dns
                || name instanceof GeneralName.Ip
                || (name instanceof GeneralName.Uri uri && uri.uri().getHost() != null)
                || name instanceof GeneralName.DirectoryName;
        return judged
                ? within(tree, name)
                : !(name instanceof GeneralName.Email email)
                        || isEmailWithin(email.address().toLowerCase(Locale.ROOT), text(tree));
    }

    private static String text(Subtree tree) {
        return raw(tree).toLowerCase(Locale.ROOT);
    }

    private static String raw(Subtree tree) {
        return new String(tree.base(), StandardCharsets.ISO_8859_1);
    }

    private static boolean isHostWithin(String host, String domain) {
        return domain.isEmpty() || host.equals(domain) || host.endsWith(domain.startsWith(".") ? domain : "." + domain);
    }

    /** Here a domain without a leading dot is one host. */
    private static boolean isHostOf(String host, String hosts) {
        return hosts.startsWith(".") ? host.endsWith(hosts) : host.equals(hosts);
    }

    private static boolean isEmailWithin(String address, String addresses) {
        return addresses.indexOf('@') >= 0
                ? sameHostCase(address).equals(sameHostCase(addresses))
                : isHostOf(
                        address.substring(address.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT),
                        addresses.toLowerCase(Locale.ROOT));
    }

    /** The part before the at sign is case-sensitive, the host is not (RFC 5280, 7.5). */
    private static String sameHostCase(String address) {
        int host = address.lastIndexOf('@') + 1;
        return address.substring(0, host) + address.substring(host).toLowerCase(Locale.ROOT);
    }

    private static boolean isAddressWithin(byte[] address, byte[] range) {
        if (range.length != 2 * address.length) {
            return false;
        }
        for (int i = 0; i < address.length; i++) {
            if (((address[i] ^ range[i]) & range[address.length + i]) != 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean isBelow(DistinguishedName name, byte[] base) {
        try {
            DistinguishedName above = DistinguishedName.of(new X500Principal(base));
            List<byte[]> levels = NameAttributes.levelsOf(name);
            int depth = NameAttributes.levelsOf(above).size();
            return depth <= levels.size()
                    && DistinguishedName.of(new X500Principal(Der.sequence(levels.subList(0, depth))))
                            .equals(above);
        } catch (DerException | IllegalArgumentException e) {
            return false;
        }
    }
}
