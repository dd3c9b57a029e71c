package dev.certkit.x509;

import dev.certkit.key.KeyType;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A profile as lines of {@code key = value}: comments begin with {@code #}, lists are separated by commas. */
final class ProfileText {
    private static final String NONE = "none";
    private static final String ANY = "any number";
    private static final String AT_MOST = "at most ";
    private static final String EXACTLY = "exactly ";
    private static final String DAYS = " days";
    private static final String ONE = "one";
    private static final String MANY = "many";
    private static final String NO_AUTHORITY = "is no authority";

    private static final String NAME = "name";
    private static final String KEYS = "keys";
    private static final String HASHES = "hashes";
    private static final String LIFETIME = "lifetime";
    private static final String SIGNED_BY = "signed-by";
    private static final String USAGES = "usages";
    private static final String PURPOSES = "purposes";
    private static final String NEEDED = "names-needed";
    private static final String ALLOWED = "names-allowed";
    private static final String MAX_NAMES = "names-at-most";
    private static final String SERVERS = "servers";
    private static final String AUTHORITIES = "authorities-below";

    private static final List<String> ORDER = List.of(
            NAME,
            KEYS,
            HASHES,
            LIFETIME,
            SIGNED_BY,
            USAGES,
            PURPOSES,
            NEEDED,
            ALLOWED,
            MAX_NAMES,
            SERVERS,
            AUTHORITIES);

    private ProfileText() {}

    static String write(ProfileTerms terms) {
        return ORDER.stream().map(key -> key + " = " + value(terms, key) + "\n").collect(Collectors.joining());
    }

    private static String value(ProfileTerms terms, String key) {
        return switch (key) {
            case NAME -> terms.name();
            case KEYS -> list(terms.strength().keyTypes(), KeyType::name);
            case HASHES -> list(terms.strength().hashes(), CertificateProfile.Hash::jcaName);
            case LIFETIME -> lifetime(terms.life());
            case SIGNED_BY -> lower(terms.signer());
            case USAGES -> usages(terms.use().usages());
            case PURPOSES -> list(terms.use().purposes(), ExtendedKeyUsage::rfcName);
            case NEEDED -> list(terms.names().needed(), ProfileText::lower);
            case ALLOWED -> list(terms.names().allowed(), ProfileText::lower);
            case MAX_NAMES -> number(terms.names().atMost());
            case SERVERS -> terms.names().oneServer() ? ONE : MANY;
            default ->
                terms.use().pathLength() < 0 ? NO_AUTHORITY : number(terms.use().pathLength());
        };
    }

    static String lifetime(ProfileTerms.Life life) {
        return (life.exact() ? EXACTLY : AT_MOST) + duration(life.lifetime());
    }

    static String duration(Duration duration) {
        boolean whole = duration.equals(Duration.ofDays(duration.toDays()));
        return whole ? duration.toDays() + DAYS : duration.toString();
    }

    static String usages(Collection<KeyUsage> usages) {
        return list(usages, KeyUsage::rfcName);
    }

    static <T> String list(Collection<T> values, Function<T, String> text) {
        return values.isEmpty() ? NONE : values.stream().map(text).collect(Collectors.joining(", "));
    }

    static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static String number(int number) {
        return number == ProfileTerms.UNBOUNDED ? ANY : Integer.toString(number);
    }

    static ProfileTerms parse(String text) throws IOException {
        ProfileLines lines = ProfileLines.of(text, ORDER);
        int pathLength =
                lines.read(AUTHORITIES, value -> value.equals(NO_AUTHORITY) ? ProfileTerms.LEAF : number(value, 0));
        List<ExtendedKeyUsage> purposes = lines.read(PURPOSES, value -> items(value, ExtendedKeyUsage::named));
        ProfileTerms.Use use = lines.read(
                USAGES,
                value -> new ProfileTerms.Use(
                        Set.copyOf(items(value, item -> constant(KeyUsage.values(), KeyUsage::rfcName, item))),
                        purposes,
                        pathLength));
        ProfileTerms.Life life = lines.read(LIFETIME, ProfileText::life);
        CertificateProfile.Signer signer =
                lines.read(SIGNED_BY, value -> constant(CertificateProfile.Signer.values(), ProfileText::lower, value));
        ProfileTerms.Strength strength = strength(lines);
        ProfileTerms.Names names = names(lines);
        return lines.read(NAME, value -> new ProfileTerms(value, use, life, strength, names, signer));
    }

    private static ProfileTerms.Strength strength(ProfileLines lines) throws IOException {
        Set<KeyType> keys = lines.read(
                KEYS, value -> Set.copyOf(items(value, item -> constant(KeyType.values(), KeyType::name, item))));
        Set<CertificateProfile.Hash> hashes = lines.read(
                HASHES,
                value -> Set.copyOf(items(
                        value,
                        item -> constant(CertificateProfile.Hash.values(), CertificateProfile.Hash::jcaName, item))));
        return lines.read(keys.isEmpty() ? KEYS : HASHES, value -> new ProfileTerms.Strength(keys, hashes));
    }

    private static ProfileTerms.Names names(ProfileLines lines) throws IOException {
        Set<CertificateProfile.NameKind> allowed = lines.read(ALLOWED, ProfileText::kinds);
        int atMost = lines.read(MAX_NAMES, value -> number(value, 1));
        boolean oneServer = lines.read(SERVERS, value -> constant(new String[] {ONE, MANY}, item -> item, value)
                .equals(ONE));
        return lines.read(NEEDED, value -> new ProfileTerms.Names(kinds(value), allowed, atMost, oneServer));
    }

    private static Set<CertificateProfile.NameKind> kinds(String value) {
        return Set.copyOf(
                items(value, item -> constant(CertificateProfile.NameKind.values(), ProfileText::lower, item)));
    }

    private static ProfileTerms.Life life(String value) {
        boolean exact = value.startsWith(EXACTLY);
        if (!exact && !value.startsWith(AT_MOST)) {
            throw new IllegalArgumentException("write \"at most 397 days\" or \"exactly 397 days\"");
        }
        String length = value.substring((exact ? EXACTLY : AT_MOST).length()).strip();
        return new ProfileTerms.Life(
                length.endsWith(DAYS)
                        ? Duration.ofDays(number(length.substring(0, length.length() - DAYS.length()), 1))
                        : Duration.parse(length),
                exact);
    }

    private static int number(String value, int least) {
        if (value.equals(ANY)) {
            return ProfileTerms.UNBOUNDED;
        }
        int number = Integer.parseInt(value.strip());
        if (number < least) {
            throw new IllegalArgumentException("the number is less than " + least);
        }
        return number;
    }

    private static <T> List<T> items(String value, Function<String, T> item) {
        return value.equals(NONE)
                ? List.of()
                : Arrays.stream(value.split(",", -1))
                        .map(String::strip)
                        .map(item)
                        .distinct()
                        .toList();
    }

    private static <T> T constant(T[] values, Function<T, String> text, String wanted) {
        return Arrays.stream(values)
                .filter(value -> text.apply(value).equals(wanted))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "\"" + Encoding.shown(wanted) + "\" is not among " + list(Arrays.asList(values), text)));
    }
}
