package dev.certkit.x509;

import java.util.Objects;

/**
 * One way in which a certificate is not what its profile asks for.
 *
 * <p>Two are equal if all their parts are, so that a list of them is what a person confirms: an operation goes ahead in
 * spite of mismatches only if those that it finds are among those that were shown and accepted. Immutable.
 *
 * @param id stable, for programs: one of {@code unreadable}, {@code key-type}, {@code hash}, {@code validity},
 *     {@code signer}, {@code authority}, {@code path-length}, {@code usage-missing}, {@code usage-surplus},
 *     {@code purpose-missing}, {@code purpose-surplus}, {@code names-missing}, {@code names-kind},
 *     {@code names-too-many}, {@code servers-too-many}
 * @param wanted what the profile says, for people
 * @param found what the certificate says, for people, safe to print
 * @param remedy what to do
 */
public record Mismatch(String id, String wanted, String found, String remedy) {
    /** Checks for null. */
    public Mismatch {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(wanted, "wanted");
        Objects.requireNonNull(found, "found");
        Objects.requireNonNull(remedy, "remedy");
    }

    /** One line for people. */
    @Override
    public String toString() {
        return id + ": wanted " + wanted + ", found " + found + "; " + remedy;
    }
}
