package dev.certkit.shelf;

import dev.certkit.shelf.IdentityFinding.Code;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * Which findings refuse an import; the others are warnings.
 *
 * <p>Immutable and thread safe.
 */
public final class ImportPolicy {
    private static final ImportPolicy STANDARD = new ImportPolicy(EnumSet.of(Code.AUTHORITY, Code.NAME_IN_USE));

    private final EnumSet<Code> refused;

    private ImportPolicy(EnumSet<Code> refused) {
        this.refused = refused;
    }

    /** Refuses the certificate of an authority, and to replace a certificate in use; warns of everything else. */
    public static ImportPolicy standard() {
        return STANDARD;
    }

    /**
     * The same, but these are warnings.
     *
     * @param codes not null
     * @throws IllegalArgumentException if one of them leaves nothing to store, for example a missing key
     */
    public ImportPolicy allowing(Code... codes) {
        for (Code code : codes) {
            if (code.isFatal()) {
                throw new IllegalArgumentException("codes: " + code + " cannot be allowed; it leaves nothing to store");
            }
        }
        EnumSet<Code> fewer = EnumSet.copyOf(refused);
        fewer.removeAll(Arrays.asList(codes));
        return new ImportPolicy(fewer);
    }

    /**
     * The same, but these are refused, too.
     *
     * @param codes not null
     */
    public ImportPolicy refusing(Code... codes) {
        EnumSet<Code> more = EnumSet.copyOf(refused);
        more.addAll(Arrays.asList(codes));
        return new ImportPolicy(more);
    }

    /** The codes that refuse, besides those that leave nothing to store; not modifiable. */
    public Set<Code> refused() {
        return Collections.unmodifiableSet(refused);
    }

    boolean refuses(IdentityFinding finding) {
        return finding.code().isFatal() || refused.contains(finding.code());
    }

    /** The codes that refuse. */
    @Override
    public String toString() {
        return "refusing " + refused;
    }
}
