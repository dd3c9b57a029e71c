package dev.certkit.x509;

import dev.certkit.internal.der.Der;
import dev.certkit.internal.der.DerException;
import dev.certkit.internal.der.DerValue;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A type of attribute in a distinguished name: its keyword, string type and upper bound.
 *
 * <p>Those that RFC 5280, section 4.1.2.4 wants understood, those of RFC 4519 that certificates use, and what authorities
 * and devices add. Two types are equal if their object identifiers are. Immutable and thread safe.
 */
public final class AttributeType {
    /** ub-name; people's names have no narrower bound, and others have none at all. */
    private static final int UNBOUNDED = 32768;

    /** Common name: host, device or person; 64 characters. */
    public static final AttributeType CN = new AttributeType("CN", "2.5.4.3", 64);
    /** Surname. */
    public static final AttributeType SURNAME = new AttributeType("SN", "2.5.4.4", UNBOUNDED);
    /** Serial number of the device or person, not of the certificate; 64 characters of PrintableString. */
    public static final AttributeType SERIAL_NUMBER =
            new AttributeType("serialNumber", "2.5.4.5", 64, AttributeText.PRINTABLE);
    /** Country; two letters (ISO 3166). */
    public static final AttributeType C = new AttributeType("C", "2.5.4.6", 2, AttributeText.COUNTRY);
    /** Locality; 128 characters. */
    public static final AttributeType L = new AttributeType("L", "2.5.4.7", 128);
    /** State or province; 128 characters. */
    public static final AttributeType ST = new AttributeType("ST", "2.5.4.8", 128);
    /** Street address; 128 characters. */
    public static final AttributeType STREET = new AttributeType("STREET", "2.5.4.9", 128);
    /** Organization; 64 characters. */
    public static final AttributeType O = new AttributeType("O", "2.5.4.10", 64);
    /** Organizational unit; 64 characters. */
    public static final AttributeType OU = new AttributeType("OU", "2.5.4.11", 64);
    /** Title; 64 characters. */
    public static final AttributeType TITLE = new AttributeType("title", "2.5.4.12", 64);
    /** Category of business; 128 characters. */
    public static final AttributeType BUSINESS_CATEGORY = new AttributeType("businessCategory", "2.5.4.15", 128);
    /** Postal code; 40 characters. */
    public static final AttributeType POSTAL_CODE = new AttributeType("postalCode", "2.5.4.17", 40);
    /** Name of a person, whole. */
    public static final AttributeType NAME = new AttributeType("name", "2.5.4.41", UNBOUNDED);
    /** Given name. */
    public static final AttributeType GIVEN_NAME = new AttributeType("givenName", "2.5.4.42", UNBOUNDED);
    /** Initials of all names but the surname. */
    public static final AttributeType INITIALS = new AttributeType("initials", "2.5.4.43", UNBOUNDED);
    /** Generation, for example {@code Jr.}. */
    public static final AttributeType GENERATION_QUALIFIER =
            new AttributeType("generationQualifier", "2.5.4.44", UNBOUNDED);
    /** What tells equal names apart; PrintableString. */
    public static final AttributeType DN_QUALIFIER =
            new AttributeType("dnQualifier", "2.5.4.46", UNBOUNDED, AttributeText.PRINTABLE);
    /** Pseudonym; 128 characters. */
    public static final AttributeType PSEUDONYM = new AttributeType("pseudonym", "2.5.4.65", 128);
    /** Registered number of an organization. */
    public static final AttributeType ORGANIZATION_IDENTIFIER =
            new AttributeType("organizationIdentifier", "2.5.4.97", UNBOUNDED);
    /** User identifier; 256 characters. */
    public static final AttributeType UID = new AttributeType("UID", "0.9.2342.19200300.100.1.1", 256);
    /** Domain component, one label; Unicode becomes an A-label (RFC 5280, section 7.3). */
    public static final AttributeType DC =
            new AttributeType("DC", "0.9.2342.19200300.100.1.25", 63, AttributeText.DOMAIN);
    /** E-mail address of PKCS#9, which new certificates give as alternative name instead; 255 ASCII characters. */
    public static final AttributeType EMAIL =
            new AttributeType("emailAddress", "1.2.840.113549.1.9.1", 255, AttributeText.IA5);
    /** Unstructured name of PKCS#9, by which some network devices call themselves; 255 characters. */
    public static final AttributeType UNSTRUCTURED_NAME =
            new AttributeType("unstructuredName", "1.2.840.113549.1.9.2", 255, AttributeText.IA5_OR_UTF8);

    private static final List<AttributeType> KNOWN = List.of(
            CN,
            O,
            OU,
            C,
            L,
            ST,
            SERIAL_NUMBER,
            DC,
            EMAIL,
            UID,
            STREET,
            SURNAME,
            GIVEN_NAME,
            TITLE,
            INITIALS,
            GENERATION_QUALIFIER,
            NAME,
            DN_QUALIFIER,
            PSEUDONYM,
            POSTAL_CODE,
            BUSINESS_CATEGORY,
            ORGANIZATION_IDENTIFIER,
            UNSTRUCTURED_NAME);

    private static final Map<String, AttributeType> BY_OID =
            KNOWN.stream().collect(Collectors.toUnmodifiableMap(AttributeType::oid, Function.identity()));

    /** Keywords in lower case, with those that other programs write. */
    private static final Map<String, AttributeType> BY_KEYWORD = Stream.concat(
                    KNOWN.stream().map(type -> Map.entry(lower(type.keyword), type)),
                    Stream.of(
                            Map.entry("e", EMAIL),
                            Map.entry("email", EMAIL),
                            Map.entry("s", ST),
                            Map.entry("gn", GIVEN_NAME),
                            Map.entry("surname", SURNAME),
                            Map.entry("t", TITLE),
                            Map.entry("generation", GENERATION_QUALIFIER),
                            Map.entry("commonname", CN),
                            Map.entry("countryname", C),
                            Map.entry("localityname", L),
                            Map.entry("stateorprovincename", ST),
                            Map.entry("organizationname", O),
                            Map.entry("organizationalunitname", OU),
                            Map.entry("domaincomponent", DC),
                            Map.entry("userid", UID)))
            .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

    private final String keyword;
    private final String oid;
    private final int upperBound;
    private final AttributeText text;
    private final byte[] encodedOid;

    private AttributeType(String keyword, String oid, int upperBound) {
        this(keyword, oid, upperBound, AttributeText.UTF8);
    }

    private AttributeType(String keyword, String oid, int upperBound, AttributeText text) {
        this.keyword = keyword;
        this.oid = oid;
        this.upperBound = upperBound;
        this.text = text;
        this.encodedOid = Der.oid(oid);
    }

    /**
     * Finds a type by its keyword, in any case, or by its object identifier.
     *
     * @param keywordOrOid for example {@code title}, {@code 2.5.4.12} or {@code OID.2.5.4.12}; not null
     * @throws IllegalArgumentException if it is neither a keyword that is known here nor an object identifier
     */
    public static AttributeType of(String keywordOrOid) {
        AttributeType byKeyword = BY_KEYWORD.get(lower(keywordOrOid));
        if (byKeyword != null) {
            return byKeyword;
        }
        String dotted = keywordOrOid.regionMatches(true, 0, "OID.", 0, 4) ? keywordOrOid.substring(4) : keywordOrOid;
        AttributeType byOid = BY_OID.get(dotted);
        if (byOid != null) {
            return byOid;
        }
        if (!Der.isOid(dotted)) {
            throw new IllegalArgumentException("keywordOrOid: the attribute type \"" + Encoding.shown(keywordOrOid)
                    + "\" is unknown; write its object identifier");
        }
        return new AttributeType(dotted, dotted, UNBOUNDED);
    }

    /** The type of an attribute that was read. */
    static AttributeType read(DerValue objectIdentifier) throws DerException {
        String oid = objectIdentifier.oid();
        AttributeType known = BY_OID.get(oid);
        return known != null ? known : new AttributeType(oid, oid, UNBOUNDED);
    }

    private static String lower(String keyword) {
        return keyword.toLowerCase(Locale.ROOT);
    }

    /** The keyword that names are written with, or the object identifier if it has none here. */
    public String keyword() {
        return keyword;
    }

    /** The object identifier in dotted form. */
    public String oid() {
        return oid;
    }

    /** The DER of an AttributeTypeAndValue. */
    byte[] encode(String value) {
        return encodeVerbatim(text.encode(this, value));
    }

    /** The DER of an AttributeTypeAndValue whose value is DER already. */
    byte[] encodeVerbatim(byte[] value) {
        return Der.sequence(encodedOid, value);
    }

    /** Whether an OBJECT IDENTIFIER is that of this type. */
    boolean isNamedBy(DerValue objectIdentifier) {
        return Arrays.equals(objectIdentifier.encoded(), encodedOid);
    }

    boolean hasKeyword() {
        return !keyword.equals(oid);
    }

    int upperBound() {
        return upperBound;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AttributeType that && oid.equals(that.oid);
    }

    @Override
    public int hashCode() {
        return oid.hashCode();
    }

    /** The keyword. */
    @Override
    public String toString() {
        return keyword;
    }
}
