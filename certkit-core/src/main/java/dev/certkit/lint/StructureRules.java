package dev.certkit.lint;

import dev.certkit.x509.CertificateExtensions;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Rules about the frame that holds the fields. */
final class StructureRules {
    static final LintRule UNREADABLE = RuleDraft.error("unreadable", "Every part of a certificate can be read.")
            .rfc5280("4.2")
            .by(StructureRules::unreadable);

    /** Those that RFC 5280, 4.2 names, all of which its section 6 processes or allows to be critical. */
    private static final Set<String> KNOWN_CRITICAL = Set.of(
            "2.5.29.9",
            "2.5.29.14",
            "2.5.29.15",
            "2.5.29.17",
            "2.5.29.18",
            "2.5.29.19",
            "2.5.29.30",
            "2.5.29.31",
            "2.5.29.32",
            "2.5.29.33",
            "2.5.29.35",
            "2.5.29.36",
            "2.5.29.37",
            "2.5.29.46",
            "2.5.29.54",
            "1.3.6.1.5.5.7.1.1",
            "1.3.6.1.5.5.7.1.11");

    static final List<LintRule> RULES = List.of(
            UNREADABLE,
            RuleDraft.error("version", "A certificate with extensions has version 3; there is no higher one.")
                    .rfc5280("4.1.2.1")
                    .by(StructureRules::version),
            RuleDraft.warning(
                            "extensions-missing",
                            "A certificate has extensions, without which no name or use is known.")
                    .rfc5280("4.2")
                    .by(StructureRules::noExtensions),
            RuleDraft.error("extensions-empty", "The list of extensions is left out if there are none.")
                    .rfc5280("4.1.2.9")
                    .by(StructureRules::emptyExtensions),
            RuleDraft.error("extension-duplicate", "No extension stands in a certificate twice.")
                    .rfc5280("4.2")
                    .by(StructureRules::duplicates),
            RuleDraft.error("unknown-critical", "No extension is critical that RFC 5280 does not name.")
                    .rfc5280("4.2")
                    .remedy("have it issued anew with this extension not critical")
                    .by(StructureRules::unknownCritical),
            RuleDraft.warning("unique-ids", "The unique identifiers of issuer and subject are not used.")
                    .rfc5280("4.1.2.8")
                    .by(StructureRules::uniqueIds),
            RuleDraft.error("der", "A certificate is encoded in DER: shortest lengths and numbers, no default values.")
                    .source("X.690, section 10.1, 11; RFC 5280, section 4.1")
                    .by(EncodingRules::der));

    private StructureRules() {}

    private interface Reading {
        void read() throws IOException;
    }

    private static void unreadable(Inspected inspected, Consumer<String> found) {
        Stream.concat(fields(inspected), extensions(inspected.extensions())).forEach(reading -> {
            try {
                reading.read();
            } catch (IOException e) {
                found.accept(Shown.text(String.valueOf(e.getMessage())));
            }
        });
    }

    private static Stream<Reading> fields(Inspected inspected) {
        return Stream.of(inspected::raw, () -> {
            SubjectKey key = SubjectKey.of(inspected.certificate());
            if (key.isRsa()) {
                key.rsa();
            }
        });
    }

    private static Stream<Reading> extensions(CertificateExtensions extensions) {
        return Stream.of(
                extensions::keyUsages,
                extensions::purposes,
                extensions::basicConstraints,
                extensions::subjectKeyIdentifier,
                extensions::authorityKeyIdentifier,
                extensions::subjectAlternativeNames,
                extensions::authorityInformation,
                extensions::crlDistributionPoints,
                extensions::nameConstraints,
                extensions::policies,
                extensions::policyMappings,
                extensions::policyConstraints,
                extensions::inhibitAnyPolicy);
    }

    private static void version(Inspected inspected, Consumer<String> found) throws IOException {
        RawCertificate raw = inspected.raw();
        int version = raw.versionNumber();
        if (version > 3 || (raw.extensions().isPresent() && version != 3)) {
            found.accept("it has version " + version);
        }
    }

    private static void noExtensions(Inspected inspected, Consumer<String> found) throws IOException {
        if (inspected.raw().extensions().isEmpty()) {
            found.accept("it has no extensions");
        }
    }

    private static void emptyExtensions(Inspected inspected, Consumer<String> found) throws IOException {
        if (inspected.raw().extensions().filter(List::isEmpty).isPresent()) {
            found.accept("the list of extensions is empty");
        }
    }

    private static void duplicates(Inspected inspected, Consumer<String> found) {
        Set<String> seen = new HashSet<>();
        inspected.certificate().extensions().forEach(extension -> {
            if (!seen.add(extension.oid())) {
                found.accept("the extension " + extension.oid() + " stands there more than once");
            }
        });
    }

    private static void unknownCritical(Inspected inspected, Consumer<String> found) {
        inspected.certificate().extensions().forEach(extension -> {
            if (extension.critical() && !KNOWN_CRITICAL.contains(extension.oid())) {
                found.accept("the extension " + extension.oid() + " is critical");
            }
        });
    }

    private static void uniqueIds(Inspected inspected, Consumer<String> found) throws IOException {
        if (inspected.raw().uniqueIds()) {
            found.accept("it has a unique identifier");
        }
    }
}
