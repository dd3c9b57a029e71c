package dev.certkit.samples;

import java.math.BigInteger;
import java.security.Principal;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.Date;
import java.util.Set;

/** A certificate object of another provider that answers nothing but exceptions. */
@SuppressWarnings("deprecation")
public final class UnencodableCertificate extends X509Certificate {
    private static final long serialVersionUID = 1L;

    private static IllegalStateException nothing() {
        return new IllegalStateException("this certificate has nothing inside");
    }

    @Override
    public void checkValidity() {
        throw nothing();
    }

    @Override
    public void checkValidity(Date date) {
        throw nothing();
    }

    @Override
    public int getVersion() {
        throw nothing();
    }

    @Override
    public BigInteger getSerialNumber() {
        throw nothing();
    }

    @Override
    public Principal getIssuerDN() {
        throw nothing();
    }

    @Override
    public Principal getSubjectDN() {
        throw nothing();
    }

    @Override
    public Date getNotBefore() {
        throw nothing();
    }

    @Override
    public Date getNotAfter() {
        throw nothing();
    }

    @Override
    public byte[] getTBSCertificate() {
        throw nothing();
    }

    @Override
    public byte[] getSignature() {
        throw nothing();
    }

    @Override
    public String getSigAlgName() {
        throw nothing();
    }

    @Override
    public String getSigAlgOID() {
        throw nothing();
    }

    @Override
    public byte[] getSigAlgParams() {
        throw nothing();
    }

    @Override
    public boolean[] getIssuerUniqueID() {
        throw nothing();
    }

    @Override
    public boolean[] getSubjectUniqueID() {
        throw nothing();
    }

    @Override
    public boolean[] getKeyUsage() {
        throw nothing();
    }

    @Override
    public int getBasicConstraints() {
        throw nothing();
    }

    @Override
    public byte[] getEncoded() {
        throw nothing();
    }

    @Override
    public void verify(PublicKey key) {
        throw nothing();
    }

    @Override
    public void verify(PublicKey key, String provider) {
        throw nothing();
    }

    @Override
    public String toString() {
        throw nothing();
    }

    @Override
    public PublicKey getPublicKey() {
        throw nothing();
    }

    @Override
    public boolean hasUnsupportedCriticalExtension() {
        throw nothing();
    }

    @Override
    public Set<String> getCriticalExtensionOIDs() {
        throw nothing();
    }

    @Override
    public Set<String> getNonCriticalExtensionOIDs() {
        throw nothing();
    }

    @Override
    public byte[] getExtensionValue(String oid) {
        throw nothing();
    }
}
