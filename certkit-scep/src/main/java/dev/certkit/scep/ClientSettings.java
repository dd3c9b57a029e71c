package dev.certkit.scep;

import dev.certkit.key.CryptoProviders;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** What a client is told besides address and pin. */
record ClientSettings(PeerQuirks quirks, Clock clock, CryptoProviders crypto, Habits habits) {
    private static final Duration A_DAY = Duration.ofDays(1);

    /** How it talks to its server. */
    record Habits(RenewalForm renewal, Duration memory, Set<Demand> demands, Optional<String> authorityName) {}

    /** What it stops without. */
    enum Demand {
        THE_STANDARD,
        NAMES_AS_ASKED
    }

    static ClientSettings standard() {
        return new ClientSettings(
                PeerQuirks.none(),
                Clock.systemUTC(),
                CryptoProviders.standard(),
                new Habits(RenewalForm.AS_ANNOUNCED, A_DAY, Set.of(), Optional.empty()));
    }

    ClientSettings with(PeerQuirks other) {
        return new ClientSettings(Objects.requireNonNull(other, "quirks"), clock, crypto, habits);
    }

    ClientSettings with(Clock other) {
        return new ClientSettings(quirks, Objects.requireNonNull(other, "clock"), crypto, habits);
    }

    ClientSettings with(CryptoProviders other) {
        return new ClientSettings(quirks, clock, Objects.requireNonNull(other, "crypto"), habits);
    }

    ClientSettings with(RenewalForm other) {
        return with(
                new Habits(Objects.requireNonNull(other, "form"), habits.memory, habits.demands, habits.authorityName));
    }

    ClientSettings remembering(Duration other) {
        if (other.isNegative()) {
            throw new IllegalArgumentException("memory: " + other + " is negative; zero asks the server each time");
        }
        return with(new Habits(habits.renewal, other, habits.demands, habits.authorityName));
    }

    ClientSettings with(Demand another) {
        Set<Demand> more = EnumSet.of(another);
        more.addAll(habits.demands);
        return with(new Habits(habits.renewal, habits.memory, Set.copyOf(more), habits.authorityName));
    }

    boolean demands(Demand demand) {
        return habits.demands.contains(demand);
    }

    ClientSettings naming(String authority) {
        return with(new Habits(
                habits.renewal,
                habits.memory,
                habits.demands,
                Optional.of(Objects.requireNonNull(authority, "authority"))));
    }

    private ClientSettings with(Habits other) {
        return new ClientSettings(quirks, clock, crypto, other);
    }

    /** What goes into {@code &message=} of the GET operations; RFC 8894 has nothing there, some servers want something. */
    Optional<String> authorityName() {
        // certmonger's word; any will do.
        return habits.authorityName.or(() -> quirks.namesAuthority() ? Optional.of("0") : Optional.empty());
    }
}
