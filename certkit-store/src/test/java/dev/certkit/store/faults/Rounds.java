package dev.certkit.store.faults;

/** How often a fault is injected: a few times in every build, and often with {@code -Dcertkit.faults=long}. */
public final class Rounds {
    private static final String FORM = System.getProperty("certkit.faults", "short");

    private Rounds() {}

    /** One of two numbers, as the run is short or long. */
    public static int shortOrLong(int inShortForm, int inLongForm) {
        return isLong() ? inLongForm : inShortForm;
    }

    /** Whether this is the long run. */
    public static boolean isLong() {
        return switch (FORM) {
            case "long" -> true;
            case "short" -> false;
            default -> throw new IllegalArgumentException("certkit.faults is " + FORM + ", say short or long");
        };
    }
}
