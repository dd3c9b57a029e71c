package dev.certkit.x509;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The names that the certificates below an authority may have (RFC 5280, section 4.2.1.10).
 *
 * @param permitted names of the kinds listed here must be within one of these
 * @param excluded no name may be within one of these
 */
public record NameConstraints(List<Subtree> permitted, List<Subtree> excluded) {
    /** Copies the lists. */
    public NameConstraints {
        permitted = List.copyOf(permitted);
        excluded = List.copyOf(excluded);
    }

    /**
     * Constraints to be put into an authority's certificate: of each kind given, only these names.
     *
     * @param subtrees none if nothing but {@linkplain #excluding exclusions} is wanted; not null
     */
    public static NameConstraints permitting(Subtree... subtrees) {
        return new NameConstraints(List.of(subtrees), List.of());
    }

    /**
     * The same, and none of these names, also where they are permitted.
     *
     * @param subtrees not null
     */
    public NameConstraints excluding(Subtree... subtrees) {
        List<Subtree> all = new ArrayList<>(excluded);
        all.addAll(List.of(subtrees));
        return new NameConstraints(permitted, all);
    }

    /** The names that are equal to or below a base, with the base as it stands there. */
    public static final class Subtree {
        private final int kind;
        private final byte[] base;

        Subtree(int kind, byte[] base) {
            this.kind = kind;
            this.base = base;
        }

        /**
         * A host and all hosts below it.
         *
         * @param domain for example {@code example.fr}; empty for all hosts; not null
         * @throws IllegalArgumentException if it is no host name, or a wildcard
         */
        public static Subtree dns(String domain) {
            return new Subtree(2, SubtreeBase.dns(domain));
        }

        /**
         * A range of addresses.
         *
         * @param range for example {@code 192.0.2.0/24}, {@code 2001:db8::/32}, or one address; not null
         * @throws IllegalArgumentException if it is anything else, or bits behind the prefix are set
         */
        public static Subtree ip(String range) {
            return new Subtree(7, SubtreeBase.ip(range));
        }

        /**
         * E-mail addresses.
         *
         * @param addresses one address, {@code example.fr} for all at this host, or {@code .example.fr} for all at hosts
         *     below; not null
         * @throws IllegalArgumentException if it is anything else
         */
        public static Subtree email(String addresses) {
            return new Subtree(1, SubtreeBase.email(addresses));
        }

        /**
         * URIs by their host.
         *
         * @param hosts {@code example.fr} for this host, {@code .example.fr} for all hosts below; not null
         * @throws IllegalArgumentException if it is anything else
         */
        public static Subtree uri(String hosts) {
            return new Subtree(6, SubtreeBase.hosts(hosts));
        }

        /**
         * Directory names, subjects too, that end in a name as RFC 4514 writes it: all of an organization.
         *
         * @param name for example {@code O=Acme,C=FR}; not null
         */
        public static Subtree directory(DistinguishedName name) {
            return new Subtree(4, name.encoded());
        }

        /**
         * One name of another kind, an otherName for example.
         *
         * <p>It means what those who know the kind take it for; most programs refuse to judge it.
         *
         * @param name an otherName, a registered identifier and so on; not null
         */
        public static Subtree of(GeneralName.OtherName name) {
            return new Subtree(name.encoded()[0] & 0x1F, SubtreeBase.content(name));
        }

        /** The kind of name: the number of its tag, for example 2 for a dNSName and 7 for an iPAddress. */
        public int kind() {
            return kind;
        }

        /** The base without its tag, a copy; for an iPAddress the address and its mask. */
        public byte[] base() {
            return base.clone();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Subtree that && kind == that.kind && Arrays.equals(base, that.base);
        }

        @Override
        public int hashCode() {
            return 31 * kind + Arrays.hashCode(base);
        }

        /** The kind and the base, for example {@code dns:.example.fr} or {@code ip:192.0.2.0/24}, safe to print. */
        @Override
        public String toString() {
            return NameConstraintsReader.text(kind, base);
        }
    }
}
