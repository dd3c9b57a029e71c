package dev.certkit.lint;

import dev.certkit.internal.der.DerException;
import dev.certkit.internal.der.DerReader;
import dev.certkit.internal.der.DerValue;
import dev.certkit.internal.der.Tag;
import dev.certkit.x509.DistinguishedName;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Rules about the names of subject and issuer. */
final class SubjectRules {
    private static final String NAMES = "2.5.29.17";
    private static final String COUNTRY = "2.5.4.6";

    /** Upper bounds in characters (RFC 5280, A.1). */
    private static final Map<String, Integer> BOUNDS = Map.of(
            "2.5.4.3", 64,
            "2.5.4.5", 64,
            "2.5.4.7", 128,
            "2.5.4.8", 128,
            "2.5.4.10", 64,
            "2.5.4.11", 64);

    static final List<LintRule> RULES = List.of(
            RuleDraft.error("subject-syntax", "Subject and issuer are names of attributes with text.")
                    .rfc5280("4.1.2.4")
                    .by(SubjectRules::syntax),
            RuleDraft.error("issuer-empty", "The issuer has a name.")
                    .rfc5280("4.1.2.4")
                    .by(SubjectRules::issuerEmpty),
            RuleDraft.error(
                            "subject-empty",
                            "A subject without a name has critical alternative names, and is no authority.")
                    .rfc5280("4.1.2.6, 4.2.1.6")
                    .by(SubjectRules::subjectEmpty),
            RuleDraft.warning("subject-country", "A country is two letters in a PrintableString.")
                    .rfc5280("A.1")
                    .by(each(SubjectRules::country)),
            RuleDraft.warning("subject-control-characters", "No attribute has control characters.")
                    .rfc5280("4.1.2.4")
                    .by(each(SubjectRules::controlCharacters)),
            RuleDraft.warning("subject-length", "No attribute is empty or longer than its bound: 64 for CN, O and OU.")
                    .rfc5280("A.1")
                    .by(each(SubjectRules::length)),
            RuleDraft.warning("subject-string-type", "Attributes are UTF8String or PrintableString.")
                    .rfc5280("4.1.2.4")
                    .by(each(SubjectRules::stringType)));

    private SubjectRules() {}

    record Attribute(String oid, DerValue value) {}

    private interface AttributeCheck {
        void look(Attribute attribute, Consumer<String> found) throws DerException;
    }

    private static LintRule.Check each(AttributeCheck check) {
        return (inspected, found) -> {
            for (Attribute attribute : attributes(inspected.certificate().subject())) {
                check.look(attribute, found);
            }
        };
    }

    static List<Attribute> attributes(DistinguishedName name) throws DerException {
        List<Attribute> attributes = new ArrayList<>();
        for (DerReader rdns = DerReader.single(name.encoded(), Tag.SEQUENCE).children(); rdns.hasNext(); ) {
            DerReader set = rdns.next(Tag.SET).children();
            do {
                DerReader attribute = set.next(Tag.SEQUENCE).children();
                attributes.add(new Attribute(attribute.next(Tag.OID).oid(), attribute.next()));
                attribute.end();
            } while (set.hasNext());
        }
        return attributes;
    }

    private static void syntax(Inspected inspected, Consumer<String> found) {
        syntax("the subject", inspected.certificate().subject(), found);
        syntax("the issuer", inspected.certificate().issuer(), found);
    }

    private static void syntax(String field, DistinguishedName name, Consumer<String> found) {
        try {
            for (Attribute attribute : attributes(name)) {
                if (BOUNDS.containsKey(attribute.oid) || attribute.oid.equals(COUNTRY)) {
                    attribute.value.text();
                }
            }
        } catch (DerException e) {
            found.accept(field + " is " + Shown.text(name.toString()) + ": " + e.getMessage());
        }
    }

    private static void issuerEmpty(Inspected inspected, Consumer<String> found) {
        if (inspected.certificate().issuer().isEmpty()) {
            found.accept("the issuer is empty");
        }
    }

    private static void subjectEmpty(Inspected inspected, Consumer<String> found) throws IOException {
        if (!inspected.certificate().subject().isEmpty()) {
            return;
        }
        if (inspected.isAuthority()) {
            found.accept("the subject is empty, of an authority");
        } else if (!inspected.isCritical(NAMES)) {
            found.accept("the subject is empty, and the alternative names are "
                    + (inspected.has(NAMES) ? "not critical" : "missing"));
        }
    }

    private static void country(Attribute attribute, Consumer<String> found) throws DerException {
        if (!attribute.oid.equals(COUNTRY)) {
            return;
        }
        String country = attribute.value.text();
        boolean letters = country.length() == 2 && country.chars().allMatch(c -> c >= 'A' && c <= 'Z');
        if (!letters || !attribute.value.is(Tag.PRINTABLE_STRING)) {
            found.accept("the country is " + Shown.text(country) + (letters ? ", in another string type" : ""));
        }
    }

    private static void controlCharacters(Attribute attribute, Consumer<String> found) throws DerException {
        if (isText(attribute.value) && attribute.value.text().codePoints().anyMatch(Character::isISOControl)) {
            found.accept("the attribute " + attribute.oid + " is " + Shown.text(attribute.value.text()));
        }
    }

    private static void length(Attribute attribute, Consumer<String> found) throws DerException {
        if (!BOUNDS.containsKey(attribute.oid)) {
            return;
        }
        String text = attribute.value.text();
        int length = text.codePointCount(0, text.length());
        if (length == 0 || length > BOUNDS.get(attribute.oid)) {
            found.accept("the attribute " + attribute.oid + " has " + length + " characters");
        }
    }

    private static void stringType(Attribute attribute, Consumer<String> found) {
        if (BOUNDS.containsKey(attribute.oid)
                && !attribute.value.is(Tag.UTF8_STRING)
                && !attribute.value.is(Tag.PRINTABLE_STRING)) {
            found.accept("the attribute " + attribute.oid + " has the tag " + attribute.value.tag());
        }
    }

    private static boolean isText(DerValue value) {
        return value.is(Tag.UTF8_STRING)
                || value.is(Tag.PRINTABLE_STRING)
                || value.is(Tag.IA5_STRING)
                || value.is(Tag.TELETEX_STRING)
                || value.is(Tag.BMP_STRING);
    }
}
