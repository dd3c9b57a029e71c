package dev.certkit.scep;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * What a SCEP server announces in its answer to GetCACaps (RFC 8894, section 3.5.2).
 *
 * <p>The answer is neither signed nor encrypted: it may offer more to a client, and never less than the client's own floor.
 */
public enum CaCapability {
    /** AES-128-CBC. */
    AES("AES"),
    /** Triple DES, CBC. */
    DES3("DES3"),
    /** The next authority's certificate can be asked for. */
    GET_NEXT_CA_CERT("GetNextCACert"),
    /** PKIOperation by HTTP POST. */
    POST_PKI_OPERATION("POSTPKIOperation"),
    /** The message type RenewalReq. */
    RENEWAL("Renewal"),
    /** SHA-1. */
    SHA_1("SHA-1"),
    /** SHA-256. */
    SHA_256("SHA-256"),
    /** SHA-512. */
    SHA_512("SHA-512"),
    /** All that RFC 8894 demands, section 2.9: AES, POSTPKIOperation and SHA-256 among it. */
    SCEP_STANDARD("SCEPStandard");

    private final String keyword;

    CaCapability(String keyword) {
        this.keyword = keyword;
    }

    /** The keyword on the wire, for example {@code POSTPKIOperation}. */
    public String keyword() {
        return keyword;
    }

    /** Reads lines of any case and ending; unknown words, among them whole web pages, are left out. */
    static Set<CaCapability> parse(String lines) {
        Set<CaCapability> all = EnumSet.noneOf(CaCapability.class);
        lines.lines().map(String::strip).forEach(line -> Arrays.stream(values())
                .filter(capability -> capability.keyword.equalsIgnoreCase(line))
                .forEach(all::add));
        if (all.contains(SCEP_STANDARD)) {
            all.addAll(EnumSet.of(AES, POST_PKI_OPERATION, SHA_256));
        }
        return Collections.unmodifiableSet(all);
    }
}
