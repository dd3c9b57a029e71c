package dev.certkit.issue;

import dev.certkit.key.KeyType;
import dev.certkit.x509.ExtendedKeyUsage;
import dev.certkit.x509.GeneralName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What an authority certifies at most, whatever its profile allows; all else is declined, naming the limit and the value.
 *
 * <p>As soon as one kind of name is permitted, all other names are refused: alternative names of every kind, a common name
 * that is a host name or an address, also one without a dot where there is no host among the alternative names, and e-mail
 * addresses in the subject. Host names are compared as A-labels in lower case. Immutable and thread safe.
 */
public final class IssuanceLimits {
    private static final int SHOWN = 8;
    private static final IssuanceLimits NONE =
            new IssuanceLimits(new Terms(null, EnumSet.allOf(KeyType.class), null, null, false));

    private final Terms terms;

    private IssuanceLimits(Terms terms) {
        this.terms = terms;
    }

    /** Null stands for no limit. */
    private record Terms(
            @Nullable List<NameLimit> names,
            Set<KeyType> keyTypes,
            @Nullable Duration longestLife,
            @Nullable Set<ExtendedKeyUsage> purposes,
            boolean nothingBeyondProfile) {}

    /** No limits but the profile's. */
    public static IssuanceLimits none() {
        return NONE;
    }

    /**
     * Permits these hosts, each exactly as it is given.
     *
     * @param hosts for example {@code example.fr} or {@code *.example.fr}; not null
     * @throws IllegalArgumentException if one is no host name
     */
    public IssuanceLimits hosts(String... hosts) {
        return permitting(NameLimit.each(NameLimit::host, hosts));
    }

    /**
     * Permits hosts at any depth below these domains, but neither the domains themselves nor wildcards.
     *
     * @param domains not null
     * @throws IllegalArgumentException if one is no host name
     */
    public IssuanceLimits hostsBelow(String... domains) {
        return permitting(NameLimit.each(NameLimit::hostsBelow, domains));
    }

    /**
     * Permits wildcards below these domains: for {@code example.fr}, {@code *.example.fr} and {@code *.lab.example.fr}.
     *
     * @param domains not null
     * @throws IllegalArgumentException if one is no host name
     */
    public IssuanceLimits wildcardsBelow(String... domains) {
        return permitting(NameLimit.each(NameLimit::wildcardsBelow, domains));
    }

    /**
     * Permits addresses in these ranges.
     *
     * @param ranges for example {@code 192.0.2.0/24}, {@code 2001:db8::/32}, or one address; not null
     * @throws IllegalArgumentException if one is no range, or bits behind its prefix are set
     */
    public IssuanceLimits addresses(String... ranges) {
        return permitting(NameLimit.each(NameLimit::addresses, ranges));
    }

    /**
     * Permits e-mail addresses at these hosts.
     *
     * @param hosts {@code example.fr} for this host, {@code .example.fr} for all hosts below; not null
     * @throws IllegalArgumentException if one is no host name
     */
    public IssuanceLimits emailsAt(String... hosts) {
        return permitting(NameLimit.each(NameLimit::emailsAt, hosts));
    }

    /**
     * Permits URIs of any scheme at these hosts.
     *
     * @param hosts {@code example.fr} for this host, {@code .example.fr} for all hosts below; not null
     * @throws IllegalArgumentException if one is no host name
     */
    public IssuanceLimits urisAt(String... hosts) {
        return permitting(NameLimit.each(NameLimit::urisAt, hosts));
    }

    /**
     * Permits names by a rule of one's own.
     *
     * @param description for the requester to read; not null
     * @param rule must be thread safe; not null
     */
    public IssuanceLimits names(String description, Predicate<GeneralName> rule) {
        return permitting(new NameLimit(
                Objects.requireNonNull(description, "description"), Objects.requireNonNull(rule, "rule")));
    }

    private IssuanceLimits permitting(NameLimit... more) {
        List<NameLimit> all = new ArrayList<>(terms.names == null ? List.of() : terms.names);
        all.addAll(List.of(more));
        return new IssuanceLimits(new Terms(
                List.copyOf(all), terms.keyTypes, terms.longestLife, terms.purposes, terms.nothingBeyondProfile));
    }

    /**
     * Certifies these kinds of key only, in place of those that were given before.
     *
     * @param types at least one; not null
     * @throws IllegalArgumentException if there is none
     */
    public IssuanceLimits keyTypes(KeyType... types) {
        if (types.length == 0) {
            throw new IllegalArgumentException("types: name at least one kind of key");
        }
        return new IssuanceLimits(new Terms(
                terms.names,
                EnumSet.copyOf(Arrays.asList(types)),
                terms.longestLife,
                terms.purposes,
                terms.nothingBeyondProfile));
    }

    /**
     * Certifies for this long at most, counted from now.
     *
     * <p>A longer life of the profile is cut to this; one that was asked for is declined.
     *
     * @param lifetime positive; not null
     * @throws IllegalArgumentException if it is not positive
     */
    public IssuanceLimits longestLife(Duration lifetime) {
        IssuingRules.requirePositive(lifetime);
        return new IssuanceLimits(
                new Terms(terms.names, terms.keyTypes, lifetime, terms.purposes, terms.nothingBeyondProfile));
    }

    /**
     * Certifies for these purposes only: a profile with any other, or with none, which means all, is declined.
     *
     * @param purposes not null
     */
    public IssuanceLimits purposes(ExtendedKeyUsage... purposes) {
        return new IssuanceLimits(new Terms(
                terms.names, terms.keyTypes, terms.longestLife, Set.of(purposes), terms.nothingBeyondProfile));
    }

    /**
     * Declines requests for usages, purposes and extensions that the profile does not give.
     *
     * <p>Otherwise they are ignored, but for a request to be an authority, which is always declined.
     */
    public IssuanceLimits nothingBeyondProfile() {
        return new IssuanceLimits(new Terms(terms.names, terms.keyTypes, terms.longestLife, terms.purposes, true));
    }

    boolean isLimitingNames() {
        return terms.names != null;
    }

    boolean permits(GeneralName name) {
        return terms.names == null
                || terms.names.stream().anyMatch(limit -> limit.permits().test(name));
    }

    String permittedNames() {
        if (terms.names == null) {
            return "all names";
        }
        int more = Math.max(0, terms.names.size() - SHOWN);
        return terms.names.stream().limit(SHOWN).map(NameLimit::description).collect(Collectors.joining(", "))
                + (more == 0 ? "" : " and " + more + " more");
    }

    Set<KeyType> permittedKeyTypes() {
        return terms.keyTypes;
    }

    Optional<Duration> longestLife() {
        return Optional.ofNullable(terms.longestLife);
    }

    Optional<Set<ExtendedKeyUsage>> permittedPurposes() {
        return Optional.ofNullable(terms.purposes);
    }

    boolean isNothingBeyondProfile() {
        return terms.nothingBeyondProfile;
    }

    /** The limits, for people. */
    @Override
    public String toString() {
        return permittedNames() + "; keys " + terms.keyTypes
                + (terms.longestLife == null ? "" : "; at most " + terms.longestLife)
                + (terms.purposes == null ? "" : "; for " + terms.purposes);
    }
}
