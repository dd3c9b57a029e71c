package dev.certkit.scep;

import java.math.BigInteger;
import java.security.PrivateKey;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.Date;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CRLConverter;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;
import org.jscep.server.ScepServlet;
import org.jscep.transaction.FailInfo;
import org.jscep.transaction.OperationFailureException;
import org.jscep.transaction.TransactionId;
import org.jscep.transport.response.Capability;

/** An authority behind jscep's servlet; what it decides is the test's, messages and encodings are jscep's. */
final class JscepAuthority extends ScepServlet {
    private static final long serialVersionUID = 1L;

    /** What becomes of a request. */
    enum Word {
        YES,
        LATER,
        NO
    }

    private final transient MessageKey ca;
    private final transient Map<BigInteger, X509Certificate> issued = new ConcurrentHashMap<>();
    private final transient Map<String, PKCS10CertificationRequest> waiting = new ConcurrentHashMap<>();
    private final transient Set<Capability> capabilities =
            EnumSet.of(Capability.POST_PKI_OPERATION, Capability.AES, Capability.SHA_256, Capability.GET_NEXT_CA_CERT);
    private volatile Word word = Word.YES;

    JscepAuthority(MessageKey ca) {
        this.ca = ca;
    }

    JscepAuthority says(Word other) {
        word = other;
        return this;
    }

    JscepAuthority withoutPost() {
        capabilities.remove(Capability.POST_PKI_OPERATION);
        return this;
    }

    @Override
    protected Set<Capability> doCapabilities(String identifier) {
        return capabilities;
    }

    @Override
    protected List<X509Certificate> doGetCaCertificate(String identifier) {
        return List.of(ca.certificate());
    }

    @Override
    protected List<X509Certificate> getNextCaCertificate(String identifier) {
        return List.of(Pki.authority("next ca").certificate());
    }

    @Override
    protected List<X509Certificate> doGetCert(X500Name issuer, BigInteger serial) throws OperationFailureException {
        X509Certificate found = issued.get(serial);
        if (found == null) {
            throw new OperationFailureException(FailInfo.badCertId);
        }
        return List.of(found);
    }

    @Override
    protected List<X509Certificate> doGetCertInitial(X500Name issuer, X500Name subject, TransactionId id)
            throws Exception {
        return decide(waiting.get(id.toString()));
    }

    @Override
    protected X509CRL doGetCrl(X500Name issuer, BigInteger serial) throws Exception {
        X509v2CRLBuilder builder = new X509v2CRLBuilder(issuer, Date.from(Pki.NOW));
        return new JcaX509CRLConverter()
                .getCRL(builder.build(new JcaContentSignerBuilder("SHA256withRSA").build(ca.privateKey())));
    }

    @Override
    protected List<X509Certificate> doEnrol(
            PKCS10CertificationRequest request, X509Certificate sender, TransactionId id) throws Exception {
        waiting.put(id.toString(), request);
        return decide(request);
    }

    private List<X509Certificate> decide(PKCS10CertificationRequest request) throws Exception {
        if (word == Word.LATER) {
            return List.of();
        }
        if (word == Word.NO || request == null) {
            throw new OperationFailureException(FailInfo.badRequest);
        }
        X509Certificate certificate = Pki.certificate("x")
                .key(new JcaPKCS10CertificationRequest(request).getPublicKey())
                .subject(request.getSubject())
                .certificateBy(ca);
        issued.put(certificate.getSerialNumber(), certificate);
        return List.of(certificate, ca.certificate());
    }

    @Override
    protected PrivateKey getRecipientKey() {
        return ca.privateKey();
    }

    @Override
    protected X509Certificate getRecipient() {
        return ca.certificate();
    }

    @Override
    protected PrivateKey getSignerKey() {
        return ca.privateKey();
    }

    @Override
    protected X509Certificate getSigner() {
        return ca.certificate();
    }

    @Override
    protected X509Certificate[] getSignerCertificateChain() {
        return new X509Certificate[] {ca.certificate()};
    }
}
