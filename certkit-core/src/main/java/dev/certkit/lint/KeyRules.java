package dev.certkit.lint;

import dev.certkit.internal.der.Tag;
import java.io.IOException;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Rules about public keys. */
final class KeyRules {
    private static final int MIN_RSA = 2048;
    private static final int MAX_RSA = 8192;
    private static final int MAX_EXPONENT = 256;
    private static final BigInteger MIN_EXPONENT = BigInteger.valueOf(65_537);
    private static final String NEW_KEY = "make a new key and have it certified";

    static final List<LintRule> RULES = List.of(
            RuleDraft.error("key-algorithm", "A key is of RSA, of an elliptic curve, Ed25519, Ed448 or ML-DSA.")
                    .source("RFC 8603, section 4.1")
                    .remedy(NEW_KEY)
                    .by(KeyRules::algorithm),
            RuleDraft.warning("key-rare", "Few TLS stacks of devices know Ed25519, Ed448 and ML-DSA.")
                    .source("RFC 8410, RFC 9881")
                    .remedy("make sure that every peer knows this kind of key, or use P-256")
                    .by(KeyRules::rare),
            RuleDraft.error("key-rsa-size", "An RSA modulus has 2,048 to 8,192 bits.")
                    .baseline("6.1.5")
                    .remedy(NEW_KEY)
                    .by(rsa(KeyRules::size)),
            RuleDraft.error("key-rsa-multiple-of-8", "The length of an RSA modulus in bits is divisible by 8.")
                    .baseline("6.1.5")
                    .remedy(NEW_KEY)
                    .by(rsa(KeyRules::multipleOf8)),
            RuleDraft.error("key-rsa-exponent", "An RSA exponent is odd, at least 65,537 and at most 256 bits long.")
                    .baseline("6.1.6")
                    .remedy(NEW_KEY)
                    .by(rsa(KeyRules::exponent)),
            RuleDraft.error("key-rsa-factors", "An RSA modulus has no factor below 752 and not two that are close.")
                    .baseline("6.1.1.3, 6.1.6")
                    .remedy("make a new key with another program and have it certified")
                    .by(rsa(RsaWeakness::factors)),
            RuleDraft.error("key-rsa-roca", "An RSA key is not of the chips whose keys can be factored.")
                    .source("CVE-2017-15361; CA/Browser Forum Baseline Requirements, section 6.1.1.3")
                    .remedy("update the chip or token, make a new key and have it certified")
                    .by(rsa(RsaWeakness::roca)),
            RuleDraft.error(
                            "key-parameters",
                            "The parameters of an RSA key are NULL, those of Edwards curves and ML-DSA absent.")
                    .source("RFC 3279, section 2.3.1; RFC 8410, section 3; RFC 9881, section 3")
                    .by(KeyRules::parameters),
            RuleDraft.error("key-curve", "An elliptic curve is P-256, P-384 or P-521, given by name.")
                    .source("RFC 5480, section 2.1.1")
                    .remedy(NEW_KEY)
                    .by(KeyRules::curve),
            RuleDraft.error("key-point", "The public key of an elliptic curve is a point on it.")
                    .source("RFC 5480, section 2.2")
                    .remedy(NEW_KEY)
                    .by(KeyRules::point),
            RuleDraft.warning("key-point-form", "The point of an elliptic curve is written uncompressed.")
                    .source("RFC 5480, section 2.2")
                    .remedy("encode the key again, uncompressed, and have it certified")
                    .by(KeyRules::pointForm));

    private KeyRules() {}

    private interface RsaCheck {
        void look(SubjectKey.RsaNumbers key, Consumer<String> found);
    }

    private static LintRule.Check rsa(RsaCheck check) {
        return (inspected, found) -> {
            SubjectKey key = SubjectKey.of(inspected.certificate());
            if (key.isRsa()) {
                check.look(key.rsa(), found);
            }
        };
    }

    private static void algorithm(Inspected inspected, Consumer<String> found) throws IOException {
        SubjectKey key = SubjectKey.of(inspected.certificate());
        if (!key.isRsa() && !key.isEc() && !key.isRare()) {
            found.accept("the key is of the algorithm " + key.algorithm());
        }
    }

    private static void rare(Inspected inspected, Consumer<String> found) throws IOException {
        if (SubjectKey.of(inspected.certificate()).isRare()) {
            found.accept("the key is "
                    + inspected.certificate().keyType().map(Enum::name).orElse("of a rare kind"));
        }
    }

    private static void size(SubjectKey.RsaNumbers key, Consumer<String> found) {
        int bits = key.modulus().bitLength();
        if (key.modulus().signum() <= 0 || bits < MIN_RSA || bits > MAX_RSA) {
            found.accept(
                    key.modulus().signum() <= 0 ? "the modulus is not positive" : "the modulus has " + bits + " bits");
        }
    }

    private static void multipleOf8(SubjectKey.RsaNumbers key, Consumer<String> found) {
        int bits = key.modulus().bitLength();
        if (bits % Byte.SIZE != 0) {
            found.accept("the modulus has " + bits + " bits");
        }
    }

    private static void exponent(SubjectKey.RsaNumbers key, Consumer<String> found) {
        BigInteger exponent = key.exponent();
        if (exponent.bitLength() > MAX_EXPONENT) {
            found.accept("the exponent has " + exponent.bitLength() + " bits");
        } else if (exponent.compareTo(MIN_EXPONENT) < 0 || !exponent.testBit(0)) {
            found.accept("the exponent is " + exponent);
        }
    }

    private static void parameters(Inspected inspected, Consumer<String> found) throws IOException {
        SubjectKey key = SubjectKey.of(inspected.certificate());
        boolean isNull = key.parameters().isPresent() && key.parameters().get().is(Tag.NULL);
        if (key.isRsa() && !isNull) {
            found.accept("an RSA key without NULL parameters");
        }
        if (key.isRare() && key.parameters().isPresent()) {
            found.accept("parameters of a key that has none");
        }
    }

    private static void curve(Inspected inspected, Consumer<String> found) throws IOException {
        SubjectKey key = SubjectKey.of(inspected.certificate());
        if (!key.isEc()) {
            return;
        }
        Optional<String> curve = key.namedCurve();
        if (curve.isEmpty()) {
            found.accept("the curve is described by explicit parameters, or not at all");
        } else if (!SubjectKey.CURVES.containsKey(curve.get())) {
            found.accept("the curve is " + curve.get());
        }
    }

    private static void point(Inspected inspected, Consumer<String> found) throws IOException {
        SubjectKey key = SubjectKey.of(inspected.certificate());
        Optional<String> curve = key.isEc() ? key.namedCurve().map(SubjectKey.CURVES::get) : Optional.empty();
        if (curve.isPresent()) {
            CurvePoint.problem(curve.get(), key.key()).ifPresent(found);
        }
    }

    private static void pointForm(Inspected inspected, Consumer<String> found) throws IOException {
        SubjectKey key = SubjectKey.of(inspected.certificate());
        if (key.isEc() && key.key().length > 0 && (key.key()[0] == 2 || key.key()[0] == 3)) {
            found.accept("the point is compressed");
        }
    }
}
