package dev.certkit.trust;

import dev.certkit.internal.der.Tag;
import dev.certkit.x509.CertificateExtensions;
import dev.certkit.x509.GeneralName;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The name constraints of one authority, each kind of name compared by its value (RFC 5280, 4.2.1.10).
 *
 * <p>What cannot be compared, because it or the constraint is malformed or of a kind without an order, is permitted by
 * nothing and excluded by everything of its kind.
 */
final class NameRules {
    static final byte EMAIL_TAG = (byte) Tag.context(1);

    private static final int NUMBER = 0x1F;
    private static final int EMAIL = 1;
    private static final int DNS = 2;
    private static final int DIRECTORY = 4;
    private static final int URI = 6;
    private static final int IP = 7;

    private final List<CertificateExtensions.Subtree> permitted;
    private final List<CertificateExtensions.Subtree> excluded;

    NameRules(CertificateExtensions.NameConstraints constraints) {
        this.permitted = constraints.permitted();
        this.excluded = constraints.excluded();
    }

    /** How many comparisons one name costs at most. */
    int size() {
        return permitted.size() + excluded.size();
    }

    boolean permit(GeneralName name) {
        int kind = name.encoded()[0] & NUMBER;
        for (CertificateExtensions.Subtree subtree : excluded) {
            if (subtree.kind() == kind && within(name, kind, subtree.base(), true) != Match.NO) {
                return false;
            }
        }
        boolean listed = false;
        for (CertificateExtensions.Subtree subtree : permitted) {
            if (subtree.kind() == kind) {
                listed = true;
                if (within(name, kind, subtree.base(), false) == Match.YES) {
                    return true;
                }
            }
        }
        return !listed;
    }

    enum Match {
        YES,
        NO,
        /** Not to be told. */
        UNKNOWN;

        static Match of(boolean matches) {
            return matches ? YES : NO;
        }
    }

    private static Match within(GeneralName name, int kind, byte[] base, boolean exclusion) {
        return switch (kind) {
            case EMAIL -> name instanceof GeneralName.Email email
                    ? HostRules.mailbox(email.address(), ascii(base))
                    : Match.UNKNOWN;
            case DNS -> name instanceof GeneralName.Dns dns
                    ? HostRules.dns(dns.host(), ascii(base), exclusion)
                    : Match.UNKNOWN;
            case DIRECTORY -> name instanceof GeneralName.DirectoryName directory
                    ? DirectoryRules.within(directory.name(), base)
                    : Match.UNKNOWN;
            case URI -> name instanceof GeneralName.Uri uri
                    ? HostRules.uri(uri.uri(), ascii(base))
                    : Match.UNKNOWN;
            case IP -> name instanceof GeneralName.Ip ip ? AddressRules.within(ip.address(), base) : Match.UNKNOWN;
            default -> Match.UNKNOWN;
        };
    }

    /** Octets that are not ASCII become characters that no host name has. */
    private static String ascii(byte[] base) {
        return new String(base, StandardCharsets.ISO_8859_1);
    }
}
