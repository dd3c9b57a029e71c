package dev.certkit.examples;

import dev.certkit.identity.CertificateChain;
import java.io.PrintStream;

/** Says what happens, step by step, and stops the program where something did not. */
final class Account {
    private final PrintStream out;
    private int steps;

    Account(PrintStream out) {
        this.out = out;
    }

    void step(String title) {
        out.printf("%n%d  %s%n", ++steps, title);
    }

    void fact(String name, Object value) {
        out.printf("   %-14s %s%n", name, value);
    }

    void certificate(CertificateChain chain) {
        fact("subject", chain.subject());
        fact("serial", chain.leaf().getSerialNumber().toString(16));
        fact("valid", chain.validity().notBefore() + " to " + chain.validity().notAfter());
        fact("SHA-256", chain.fingerprint());
    }

    /** A fact that has to be true. */
    void verified(String what, boolean held) {
        if (!held) {
            throw new IllegalStateException("step " + steps + " failed: it is not so that " + what);
        }
        fact("verified", what);
    }
}
