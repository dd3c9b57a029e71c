package dev.certkit.internal.x509;

/** Object identifiers of extensions (RFC 5280, 4.2) and request attributes (RFC 2985, 5.4). */
public final class Oids {
    public static final String SUBJECT_KEY_IDENTIFIER = "2.5.29.14";
    public static final String KEY_USAGE = "2.5.29.15";
    public static final String SUBJECT_ALTERNATIVE_NAME = "2.5.29.17";
    public static final String BASIC_CONSTRAINTS = "2.5.29.19";
    public static final String AUTHORITY_KEY_IDENTIFIER = "2.5.29.35";
    public static final String EXTENDED_KEY_USAGE = "2.5.29.37";
    public static final String UNSTRUCTURED_NAME = "1.2.840.113549.1.9.2";
    public static final String CHALLENGE_PASSWORD = "1.2.840.113549.1.9.7";
    public static final String EXTENSION_REQUEST = "1.2.840.113549.1.9.14";

    private Oids() {}
}
