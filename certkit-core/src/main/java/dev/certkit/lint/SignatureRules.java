package dev.certkit.lint;

import dev.certkit.internal.der.DerReader;
import dev.certkit.internal.der.DerValue;
import dev.certkit.internal.der.Tag;
import dev.certkit.key.KeyType;
import dev.certkit.x509.EncodedCertificate;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Rules about signature algorithms. */
final class SignatureRules {
    private static final Set<String> WEAK = Set.of("MD2", "MD4", "MD5", "SHA", "SHA-1");
    private static final String RSA_PKCS1 = "1.2.840.113549.1.1.";
    private static final String RSA_PSS = "1.2.840.113549.1.1.10";
    private static final String ECDSA = "1.2.840.10045.4.";

    static final List<LintRule> RULES = List.of(
            RuleDraft.error("signature-weak", "A certificate is not signed with MD5 or SHA-1.")
                    .source("RFC 9155, section 3; CA/Browser Forum Baseline Requirements, section 7.1.3.2")
                    .remedy("have it signed anew with SHA-256")
                    .by(SignatureRules::weak),
            RuleDraft.warning("signature-hash", "The hash fits the curve of the key that signs.")
                    .source("RFC 5480, section 4; CA/Browser Forum Baseline Requirements, section 7.1.3.2.2")
                    .remedy("let P-256 sign with SHA-256, P-384 with SHA-384, P-521 with SHA-512")
                    .by(SignatureRules::hashFits),
            RuleDraft.error("signature-algorithms-differ", "The algorithm is the same inside and beside the signature.")
                    .rfc5280("4.1.1.2")
                    .by(SignatureRules::differ),
            RuleDraft.error("signature-parameters", "The parameters of RSA signatures are NULL, of other ones absent.")
                    .source("RFC 4055, section 5; RFC 5758, section 3.2; RFC 8410, section 3")
                    .by(SignatureRules::parameters),
            RuleDraft.error("signature-fits-key", "A certificate names an algorithm that the key which signs can do.")
                    .rfc5280("4.1.1.2")
                    .by(SignatureRules::fitsKey));

    private SignatureRules() {}

    private static void weak(Inspected inspected, Consumer<String> found) {
        inspected
                .certificate()
                .signatureHash()
                .filter(WEAK::contains)
                .ifPresent(hash -> found.accept("it is signed with " + hash));
    }

    private static void hashFits(Inspected inspected, Consumer<String> found) {
        Optional<KeyType> signer = signer(inspected).flatMap(EncodedCertificate::keyType);
        Optional<String> hash = inspected.certificate().signatureHash();
        Optional<String> wanted = signer.map(type -> switch (type) {
            case EC_P256 -> "SHA-256";
            case EC_P384 -> "SHA-384";
            case EC_P521 -> "SHA-512";
            default -> "";
        });
        if (wanted.isPresent() && hash.isPresent() && !wanted.get().isEmpty() && !wanted.equals(hash)) {
            found.accept("a key of " + signer.get() + " signed with " + hash.get());
        }
    }

    /** The certificate whose key signed, if it is known. */
    private static Optional<EncodedCertificate> signer(Inspected inspected) {
        return inspected
                .issuer()
                .or(() -> inspected.isSelfSigned() ? Optional.of(inspected.certificate()) : Optional.empty());
    }

    private static void differ(Inspected inspected, Consumer<String> found) throws IOException {
        RawCertificate.Algorithms algorithms = inspected.raw().algorithms();
        if (!Arrays.equals(algorithms.inner().encoded(), algorithms.outer().encoded())) {
            found.accept("inside " + oid(algorithms.inner()) + ", beside " + oid(algorithms.outer())
                    + ", or other parameters");
        }
    }

    private static String oid(DerValue algorithm) throws IOException {
        return algorithm.children().next(Tag.OID).oid();
    }

    private static void parameters(Inspected inspected, Consumer<String> found) throws IOException {
        DerReader algorithm = inspected.raw().algorithms().outer().children();
        String oid = algorithm.next(Tag.OID).oid();
        boolean isNull = algorithm.nextIf(Tag.NULL).isPresent();
        boolean absent = !isNull && !algorithm.hasNext();
        if (oid.startsWith(RSA_PKCS1) && !oid.equals(RSA_PSS) && !isNull) {
            found.accept("the algorithm " + oid + " without NULL parameters");
        }
        boolean needsNone = oid.startsWith(ECDSA) || oid.equals(SubjectKey.ED25519) || oid.equals(SubjectKey.ED448);
        if (needsNone && !absent) {
            found.accept("the algorithm " + oid + " with parameters");
        }
    }

    private static void fitsKey(Inspected inspected, Consumer<String> found) throws IOException {
        Optional<EncodedCertificate> issuer = inspected.issuer();
        if (issuer.isEmpty()) {
            return;
        }
        SubjectKey key = SubjectKey.of(issuer.get());
        String oid = inspected.certificate().signatureAlgorithmOid();
        boolean fits = key.isRsa() == oid.startsWith(RSA_PKCS1)
                && key.isEc() == oid.startsWith(ECDSA)
                && (!key.isRare() || key.algorithm().equals(oid));
        if (!fits) {
            found.accept("the algorithm " + oid + " and an issuer's key of " + key.algorithm());
        }
    }
}
