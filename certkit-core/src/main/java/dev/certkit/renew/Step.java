package dev.certkit.renew;

/** What a record is to hold, and whether the work on it goes on at once. */
record Step(RenewalRecord record, boolean goesOn) {
    static Step goingOn(RenewalRecord record) {
        return new Step(record, true);
    }

    static Step waiting(RenewalRecord record) {
        return new Step(record, false);
    }
}
