package dev.certkit.scep;

import dev.certkit.identity.CertifiedKey;
import dev.certkit.issue.Enrolment;
import dev.certkit.scep.ClientExchange.Answer;
import dev.certkit.scep.ClientExchange.Question;
import dev.certkit.scep.ScepException.Check;
import dev.certkit.x509.SerialNumber;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.CRLException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.StreamSupport;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.cms.IssuerAndSerialNumber;
import org.bouncycastle.asn1.x500.X500Name;

/** GetCert and GetCRL (RFC 8894, sections 3.3.4, 3.3.5, 4.5 and 4.6). */
final class Lookups {
    private final ClientExchange exchange;
    private final ClientSettings settings;

    Lookups(ClientExchange exchange, ClientSettings settings) {
        this.exchange = exchange;
        this.settings = settings;
    }

    ScepLookup<X509Certificate> certificate(CertifiedKey asking, SerialNumber serial) throws IOException {
        Answer answer = ask(MessageType.GET_CERT, asking, serial);
        if (answer.content().isEmpty()) {
            return refused(answer);
        }
        List<X509Certificate> received = CertsOnly.decode(answer.content().get());
        X509Certificate wanted = received.stream()
                .filter(each -> each.getSerialNumber().equals(serial.value()))
                .findFirst()
                .orElseThrow(() -> ScepException.of(
                        Check.CONTENT,
                        "The SCEP server sent another certificate than the one with the serial number " + serial));
        new IssuedChain(answer.authority(), settings.clock().instant()).proved(wanted, received);
        return new ScepLookup<>(Optional.of(wanted), Optional.empty());
    }

    ScepLookup<X509CRL> revocationList(CertifiedKey asking) throws IOException {
        X509Certificate own = asking.chain().leaf();
        Answer answer = ask(MessageType.GET_CRL, asking, new SerialNumber(own.getSerialNumber()));
        if (answer.content().isEmpty()) {
            return refused(answer);
        }
        List<X509CRL> received = Asn1.read(
                answer.content().get(),
                "revocation list",
                value -> lists(SignedStructure.signedData(value).getCRLs()));
        for (X509CRL list : received) {
            if (list.getIssuerX500Principal().equals(own.getIssuerX500Principal())
                    && isSignedBy(list, answer.authority().authorities())) {
                return new ScepLookup<>(Optional.of(list), Optional.empty());
            }
        }
        throw ScepException.of(
                Check.REVOCATION_LIST,
                "The SCEP server sent " + received.size() + " revocation lists, of which none is signed by "
                        + Shown.of(own.getIssuerX500Principal()));
    }

    private Answer ask(MessageType type, CertifiedKey asking, SerialNumber serial) throws IOException {
        X500Principal issuer = asking.chain().leaf().getIssuerX500Principal();
        byte[] content = Asn1.der(new IssuerAndSerialNumber(
                X500Name.getInstance(issuer.getEncoded()), new ASN1Integer(serial.value()).getValue()));
        return exchange.ask(new Question(
                TransactionId.random(settings.crypto().random()),
                Requester.asking(asking),
                known -> type,
                authority -> content));
    }

    private static <T> ScepLookup<T> refused(Answer answer) throws ScepException {
        if (answer.message().status().equals(Optional.of(PkiStatus.PENDING))) {
            throw ScepException.of(Check.STATUS, "The SCEP server answers PENDING where there is nothing to decide");
        }
        return new ScepLookup<>(Optional.empty(), Optional.of(refusal(answer)));
    }

    static Enrolment.Refused refusal(Answer answer) {
        return new Enrolment.Refused(
                answer.message().failInfo().orElse(-1),
                answer.message().failInfoText().orElse(""),
                OptionalInt.of(answer.httpStatus()));
    }

    private static List<X509CRL> lists(ASN1Set lists) throws IOException {
        return lists == null
                ? List.of()
                : StreamSupport.stream(lists.spliterator(), false)
                        .limit(8)
                        .flatMap(each -> list(Asn1.definite(each)).stream())
                        .toList();
    }

    private static Optional<X509CRL> list(byte[] encoded) {
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            return Optional.of((X509CRL) factory.generateCRL(new ByteArrayInputStream(encoded)));
        } catch (CRLException e) {
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("X.509 is missing from this Java runtime", e);
        }
    }

    private static boolean isSignedBy(X509CRL list, List<X509Certificate> authorities) {
        return authorities.stream()
                .filter(each -> each.getSubjectX500Principal().equals(list.getIssuerX500Principal()))
                .anyMatch(each -> isSignedBy(list, each));
    }

    private static boolean isSignedBy(X509CRL list, X509Certificate issuer) {
        try {
            list.verify(issuer.getPublicKey());
            return true;
        } catch (GeneralSecurityException | RuntimeException e) {
            // A hostile list fails in whatever way the provider chooses.
            return false;
        }
    }
}
