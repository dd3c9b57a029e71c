package dev.certkit.x509;

import dev.certkit.key.KeyType;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** All that a profile says, in groups of what is changed together. */
record ProfileTerms(String name, Use use, Life life, Strength strength, Names names, CertificateProfile.Signer signer) {
    private static final int MAX_NAME = 64;
    private static final Duration LEAF_LIFETIME = Duration.ofDays(397);
    private static final Duration AUTHORITY_LIFETIME = Duration.ofDays(3650);

    /** The path length of a leaf, which has none. */
    static final int LEAF = -1;

    static final int UNBOUNDED = Integer.MAX_VALUE;

    ProfileTerms {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(signer, "signer");
        if (name.isBlank()
                || name.codePointCount(0, name.length()) > MAX_NAME
                || !name.equals(name.strip())
                || !name.codePoints().allMatch(Encoding::isPlain)) {
            throw new IllegalArgumentException("name: \"" + Encoding.shown(name) + "\" is no name for a profile; write"
                    + " 1 to " + MAX_NAME + " characters on one line, without blanks around");
        }
    }

    static ProfileTerms leaf(String name, List<ExtendedKeyUsage> purposes) {
        Set<KeyUsage> usages = EnumSet.of(KeyUsage.DIGITAL_SIGNATURE, KeyUsage.KEY_ENCIPHERMENT);
        return standard(name, new Use(usages, purposes, LEAF), LEAF_LIFETIME);
    }

    static ProfileTerms authority(String name, Set<KeyUsage> usages) {
        return standard(name, new Use(usages, List.of(), UNBOUNDED), AUTHORITY_LIFETIME);
    }

    /** Any key and hash, any number of names of any kind, signed by anybody. */
    private static ProfileTerms standard(String name, Use use, Duration lifetime) {
        return new ProfileTerms(
                name,
                use,
                new Life(lifetime, false),
                new Strength(EnumSet.allOf(KeyType.class), EnumSet.allOf(CertificateProfile.Hash.class)),
                new Names(Set.of(), EnumSet.allOf(CertificateProfile.NameKind.class), UNBOUNDED, false),
                CertificateProfile.Signer.ANYBODY);
    }

    ProfileTerms with(Use changed) {
        return new ProfileTerms(name, changed, life, strength, names, signer);
    }

    ProfileTerms with(Life changed) {
        return new ProfileTerms(name, use, changed, strength, names, signer);
    }

    ProfileTerms with(Strength changed) {
        return new ProfileTerms(name, use, life, changed, names, signer);
    }

    ProfileTerms with(Names changed) {
        return new ProfileTerms(name, use, life, strength, changed, signer);
    }

    ProfileTerms named(String changed) {
        return new ProfileTerms(changed, use, life, strength, names, signer);
    }

    ProfileTerms signedBy(CertificateProfile.Signer changed) {
        return new ProfileTerms(name, use, life, strength, names, changed);
    }

    /** An unmodifiable copy in the order of the enum. */
    private static <E extends Enum<E>> Set<E> copy(Class<E> type, Collection<E> values) {
        EnumSet<E> copy = EnumSet.noneOf(type);
        copy.addAll(values);
        return Collections.unmodifiableSet(copy);
    }

    /** The path length is {@link #LEAF} for a leaf, and {@link #UNBOUNDED} for an authority without a bound. */
    record Use(Set<KeyUsage> usages, List<ExtendedKeyUsage> purposes, int pathLength) {
        Use {
            usages = copy(KeyUsage.class, usages);
            purposes = List.copyOf(purposes);
            boolean signs = usages.contains(KeyUsage.KEY_CERT_SIGN);
            if (usages.isEmpty() || signs != pathLength >= 0) {
                throw new IllegalArgumentException("usages: " + ProfileText.usages(usages)
                        + "; name at least one, and keyCertSign for an authority only (RFC 5280, section 4.2.1.9)");
            }
        }

        Use usages(KeyUsage... changed) {
            return new Use(copy(KeyUsage.class, Arrays.asList(changed)), purposes, pathLength);
        }

        Use purposes(ExtendedKeyUsage... changed) {
            return new Use(usages, List.of(changed), pathLength);
        }

        Use pathLength(int changed) {
            return new Use(usages, purposes, changed);
        }

        /** A copy; only RSA keys encipher keys. */
        Set<KeyUsage> usagesFor(boolean rsa) {
            EnumSet<KeyUsage> fitting = EnumSet.copyOf(usages);
            if (!rsa) {
                fitting.remove(KeyUsage.KEY_ENCIPHERMENT);
            }
            return fitting;
        }
    }

    record Life(Duration lifetime, boolean exact) {
        Life {
            if (lifetime.isNegative() || lifetime.isZero()) {
                throw new IllegalArgumentException("lifetime: " + lifetime + " is not positive");
            }
        }
    }

    record Strength(Set<KeyType> keyTypes, Set<CertificateProfile.Hash> hashes) {
        Strength {
            keyTypes = copy(KeyType.class, keyTypes);
            hashes = copy(CertificateProfile.Hash.class, hashes);
            if (keyTypes.isEmpty()) {
                throw new IllegalArgumentException("types: name at least one kind of key");
            }
            if (hashes.isEmpty()) {
                throw new IllegalArgumentException("hashes: name at least one hash");
            }
        }

        Strength keyTypes(KeyType... changed) {
            return new Strength(copy(KeyType.class, Arrays.asList(changed)), hashes);
        }

        Strength hashes(CertificateProfile.Hash... changed) {
            return new Strength(keyTypes, copy(CertificateProfile.Hash.class, Arrays.asList(changed)));
        }
    }

    record Names(
            Set<CertificateProfile.NameKind> needed,
            Set<CertificateProfile.NameKind> allowed,
            int atMost,
            boolean oneServer) {
        Names {
            needed = copy(CertificateProfile.NameKind.class, needed);
            allowed = copy(CertificateProfile.NameKind.class, allowed);
            if (!needed.isEmpty() && Collections.disjoint(needed, allowed)) {
                throw new IllegalArgumentException("kinds: of " + needed + " one is needed, but only " + allowed
                        + " are allowed; allow one of those that are needed");
            }
            if (atMost < 1) {
                throw new IllegalArgumentException("names: " + atMost + " is less than 1");
            }
        }

        Names needed(CertificateProfile.NameKind... changed) {
            return new Names(
                    copy(CertificateProfile.NameKind.class, Arrays.asList(changed)), allowed, atMost, oneServer);
        }

        Names allowed(CertificateProfile.NameKind... changed) {
            return new Names(
                    needed, copy(CertificateProfile.NameKind.class, Arrays.asList(changed)), atMost, oneServer);
        }

        Names atMost(int changed) {
            return new Names(needed, allowed, changed, oneServer);
        }

        Names oneServer(boolean changed) {
            return new Names(needed, allowed, atMost, changed);
        }
    }
}
