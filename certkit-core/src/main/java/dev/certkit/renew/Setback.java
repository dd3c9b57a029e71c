package dev.certkit.renew;

/**
 * What went wrong, as far as the wait depends on it.
 *
 * @param failures how many requests failed in a row
 * @param asked how often the authority was asked in vain, over all of them
 * @param isFinal whether the answer will most likely be the same next time
 */
record Setback(int failures, int asked, boolean isFinal) {}
