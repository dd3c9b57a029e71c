package dev.certkit.identity;

import dev.certkit.x509.EncodedCertificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Certificates among which issuers are found at once, however many there are.
 *
 * <p>An index by name and key identifier, made once and kept by the caller, for
 * {@link CertificateChain#assemble(X509Certificate, CertificatePool)}. Of each certificate it holds the DER and about
 * 150 octets, and no JCA object. Nothing is said about trust. Immutable and thread safe; a signature between two of
 * its certificates is checked once.
 */
public final class CertificatePool {
    private static final Comparator<ChainMember> ORDER = Comparator.comparingInt(
                    (ChainMember member) -> member.fields().subject())
            .thenComparingInt(member -> member.fields().keyIdentifier())
            .thenComparing(member -> member.certificate().encoded(), Arrays::compareUnsigned);

    private final ChainMember[] members;
    private final Map<ChainMember, ChainMember> signers = new ConcurrentHashMap<>();
    private final IssuerKeys keys = new IssuerKeys();

    private CertificatePool(Stream<ChainMember> all) {
        ChainMember[] sorted = all.sorted(ORDER).toArray(ChainMember[]::new);
        this.members = Arrays.copyOf(sorted, moveDistinctToFront(sorted));
    }

    private static int moveDistinctToFront(ChainMember[] sorted) {
        int count = 0;
        for (ChainMember member : sorted) {
            if (count == 0 || !sorted[count - 1].certificate().equals(member.certificate())) {
                sorted[count++] = member;
            }
        }
        return count;
    }

    /**
     * Makes an index of certificates; the objects themselves are not kept.
     *
     * @param certificates in any order, duplicates are dropped; one that is not structured as RFC 5280, section 4.1 has
     *     it can be nobody's issuer and is left out; not null
     */
    public static CertificatePool of(Collection<X509Certificate> certificates) {
        return new CertificatePool(
                sound(certificates, certificate -> ChainMember.of(EncodedCertificate.of(certificate))));
    }

    /**
     * Makes an index of certificates without making JCA objects.
     *
     * @param certificates in any order, duplicates are dropped; not null
     */
    public static CertificatePool ofEncoded(Collection<EncodedCertificate> certificates) {
        return new CertificatePool(certificates.stream().map(ChainMember::of));
    }

    /** For one use: the objects are there, so they are kept. */
    static CertificatePool holding(Collection<X509Certificate> certificates) {
        return new CertificatePool(sound(certificates, ChainMember::of));
    }

    private static Stream<ChainMember> sound(
            Collection<X509Certificate> certificates, Function<X509Certificate, ChainMember> form) {
        return certificates.stream().flatMap(certificate -> {
            try {
                return Stream.of(form.apply(certificate));
            } catch (IllegalArgumentException e) {
                return Stream.empty();
            }
        });
    }

    /** The number of different certificates. */
    public int size() {
        return members.length;
    }

    /** All certificates, each once, in no order that means anything; not modifiable. */
    public List<EncodedCertificate> certificates() {
        return Arrays.stream(members).map(ChainMember::certificate).toList();
    }

    /**
     * Who signed which of its certificates, as far as that was verified.
     *
     * <p>May be remembered, since neither of the two can change; never more entries than certificates.
     */
    Map<ChainMember, ChainMember> signers() {
        return signers;
    }

    IssuerKeys keys() {
        return keys;
    }

    /** Those with the name of its issuer and the key identifier that it gives; none if it gives none. */
    List<ChainMember> namedAsIssuersOf(ChainMember certificate) {
        int key = certificate.fields().authorityKey();
        return key == 0 ? List.of() : view(certificate.fields().issuer(), key, key + 1L);
    }

    /** The others with the name of its issuer. */
    List<ChainMember> otherIssuersOf(ChainMember certificate) {
        int key = certificate.fields().authorityKey();
        int name = certificate.fields().issuer();
        if (key == 0) {
            return view(name, Integer.MIN_VALUE, Integer.MAX_VALUE + 1L);
        }
        List<ChainMember> others = new ArrayList<>(view(name, Integer.MIN_VALUE, key));
        others.addAll(view(name, key + 1L, Integer.MAX_VALUE + 1L));
        return others;
    }

    private List<ChainMember> view(int name, long keyFrom, long keyTo) {
        return Arrays.asList(members).subList(indexOf(name, keyFrom), indexOf(name, keyTo));
    }

    /** Of the first that has this name and at least this key identifier, or else a greater name. */
    private int indexOf(int name, long key) {
        int low = 0;
        int high = members.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            LinkFields fields = members[middle].fields();
            if (fields.subject() < name || (fields.subject() == name && fields.keyIdentifier() < key)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** How many certificates it has. */
    @Override
    public String toString() {
        return members.length + (members.length == 1 ? " certificate" : " certificates");
    }
}
