package dev.certkit.trust;

import dev.certkit.x509.CertificateExtensions;
import dev.certkit.x509.EncodedCertificate;
import dev.certkit.x509.ExtendedKeyUsage;
import dev.certkit.x509.GeneralName;
import dev.certkit.x509.NameConstraints;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Trusts certificates that have the name of the peer (RFC 9525); says nothing about who issued them.
 *
 * <p>Host names are looked up among the dNSNames, addresses among the iPAddresses only. A wildcard stands for the whole
 * leftmost label and for nothing else. Without a peer there is no name to check, and nothing is trusted; but clients have
 * no host, and what one of those presents as such has no name to be checked. Immutable and thread safe.
 */
public final class HostNamePolicy implements TrustPolicy {
    static final HostNamePolicy STRICT = new HostNamePolicy(false);

    private final boolean commonName;

    private HostNamePolicy(boolean commonName) {
        this.commonName = commonName;
    }

    /**
     * Looks at the common name where a certificate has no alternative names, as clients did before RFC 6125.
     *
     * <p>Together with a policy that proves the path, name constraints on hosts and addresses bind that name, too.
     */
    public HostNamePolicy legacyCommonName() {
        return new HostNamePolicy(true);
    }

    @Override
    public boolean judgesNames() {
        return true;
    }

    @Override
    public TrustVerdict judge(PresentedChain presented) {
        if (presented.defect().isPresent()) {
            return untrusted(presented.defect().get());
        }
        EncodedCertificate leaf = presented.certificates().get(0);
        Optional<Peer> peer = presented.peer();
        if (peer.isEmpty() && presented.purpose().equals(Optional.of(ExtendedKeyUsage.CLIENT_AUTH))) {
            return new TrustVerdict.Trusted(List.of(leaf));
        }
        if (peer.isEmpty()) {
            return untrusted(new TrustReason.WrongName("a peer that was not named", List.of()));
        }
        try {
            List<GeneralName> names = CertificateExtensions.of(leaf).subjectAlternativeNames();
            Optional<GeneralName> wanted = peer.get().name();
            if (wanted.isPresent() && names.stream().anyMatch(name -> matches(name, wanted.get()))) {
                return new TrustVerdict.Trusted(List.of(leaf));
            }
            return names.isEmpty() && commonName
                    ? byCommonName(presented, peer.get())
                    : untrusted(new TrustReason.WrongName(peer.get().host(), names));
        } catch (IOException e) {
            return untrusted(new TrustReason.Malformed(0, "alternative names", String.valueOf(e.getMessage())));
        }
    }

    private static TrustVerdict byCommonName(PresentedChain presented, Peer peer) throws IOException {
        EncodedCertificate leaf = presented.certificates().get(0);
        Optional<GeneralName> name = leaf.subject().commonName().flatMap(HostNamePolicy::hostOrAddress);
        if (name.isEmpty()
                || peer.name().filter(wanted -> matches(name.get(), wanted)).isEmpty()) {
            return untrusted(
                    new TrustReason.WrongName(peer.host(), name.map(List::of).orElse(List.of())));
        }
        // Constraints on host names do not bind the common name, unless somebody takes it for one (RFC 6125, 6.4.4).
        for (int above = 1; above < presented.provenPath().size(); above++) {
            Optional<NameConstraints> constraints =
                    CertificateExtensions.of(presented.provenPath().get(above)).nameConstraints();
            if (constraints.isPresent() && !new NameRules(constraints.get()).permit(ConstrainedName.of(name.get()))) {
                return untrusted(new TrustReason.NameNotPermitted(0, name.get().toString(), above));
            }
        }
        return new TrustVerdict.Trusted(List.of(leaf));
    }

    private static Optional<GeneralName> hostOrAddress(String text) {
        try {
            return Optional.of(GeneralName.of(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static boolean matches(GeneralName name, GeneralName wanted) {
        if (name instanceof GeneralName.Dns has && wanted instanceof GeneralName.Dns asked) {
            return matches(has.host(), asked.host());
        }
        return wanted instanceof GeneralName.Ip && wanted.equals(name);
    }

    private static boolean matches(String has, String asked) {
        int dot = asked.indexOf('.');
        return has.equals(asked)
                || (has.startsWith("*.") && dot > 0 && has.substring(1).equals(asked.substring(dot)));
    }

    private static TrustVerdict untrusted(TrustReason reason) {
        return new TrustVerdict.Untrusted(List.of(reason));
    }
}
