package dev.certkit.x509;

/** The extensions of RFC 5280, section 4.2, that certkit reads. */
enum ExtensionType {
    SUBJECT_KEY_IDENTIFIER("subjectKeyIdentifier", "2.5.29.14"),
    KEY_USAGE("keyUsage", "2.5.29.15"),
    SUBJECT_ALTERNATIVE_NAME("subjectAltName", "2.5.29.17"),
    BASIC_CONSTRAINTS("basicConstraints", "2.5.29.19"),
    NAME_CONSTRAINTS("nameConstraints", "2.5.29.30"),
    CRL_DISTRIBUTION_POINTS("cRLDistributionPoints", "2.5.29.31"),
    CERTIFICATE_POLICIES("certificatePolicies", "2.5.29.32"),
    POLICY_MAPPINGS("policyMappings", "2.5.29.33"),
    AUTHORITY_KEY_IDENTIFIER("authorityKeyIdentifier", "2.5.29.35"),
    POLICY_CONSTRAINTS("policyConstraints", "2.5.29.36"),
    EXTENDED_KEY_USAGE("extKeyUsage", "2.5.29.37"),
    INHIBIT_ANY_POLICY("inhibitAnyPolicy", "2.5.29.54"),
    AUTHORITY_INFORMATION_ACCESS("authorityInfoAccess", "1.3.6.1.5.5.7.1.1");

    private final String rfcName;
    private final String oid;

    ExtensionType(String rfcName, String oid) {
        this.rfcName = rfcName;
        this.oid = oid;
    }

    String oid() {
        return oid;
    }

    @Override
    public String toString() {
        return rfcName;
    }
}
