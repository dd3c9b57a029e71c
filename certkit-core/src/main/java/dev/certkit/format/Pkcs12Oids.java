package dev.certkit.format;

/** Object identifiers of PKCS#12 (RFC 7292, appendix D) and of what it is made of. */
final class Pkcs12Oids {
    static final String DATA = "1.2.840.113549.1.7.1";
    static final String ENCRYPTED_DATA = "1.2.840.113549.1.7.6";
    static final String KEY_BAG = "1.2.840.113549.1.12.10.1.1";
    static final String SHROUDED_KEY_BAG = "1.2.840.113549.1.12.10.1.2";
    static final String CERTIFICATE_BAG = "1.2.840.113549.1.12.10.1.3";
    static final String CRL_BAG = "1.2.840.113549.1.12.10.1.4";
    static final String SECRET_BAG = "1.2.840.113549.1.12.10.1.5";
    static final String SAFE_CONTENTS_BAG = "1.2.840.113549.1.12.10.1.6";
    static final String X509_CERTIFICATE = "1.2.840.113549.1.9.22.1";
    static final String FRIENDLY_NAME = "1.2.840.113549.1.9.20";
    static final String LOCAL_KEY_ID = "1.2.840.113549.1.9.21";
    static final String JAVA_TRUSTED = "2.16.840.1.113894.746875.1.1";
    static final String ANY_PURPOSE = "2.5.29.37.0";

    private Pkcs12Oids() {}
}
