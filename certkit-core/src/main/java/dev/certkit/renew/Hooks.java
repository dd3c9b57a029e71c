package dev.certkit.renew;

import dev.certkit.renew.RenewerDraft.ChallengeSource;
import dev.certkit.renew.RenewerDraft.Taker;
import java.util.Optional;
import java.util.function.Predicate;

/** What the caller wants to be asked and told. */
record Hooks(Predicate<String> before, Optional<Taker> taker, ChallengeSource challenges) {
    static final Hooks NONE = new Hooks(name -> true, Optional.empty(), name -> Optional.empty());
}
