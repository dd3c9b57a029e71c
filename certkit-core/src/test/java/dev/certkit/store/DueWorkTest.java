package dev.certkit.store;

import java.time.Clock;

class DueWorkTest extends DueWorkContract {
    @Override
    protected Storage open(Clock clock) {
        return InMemoryStorage.empty(clock);
    }
}
