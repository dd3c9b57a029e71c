package dev.certkit.revocation;

import dev.certkit.http.HttpAnswer;
import dev.certkit.http.HttpCall;
import dev.certkit.http.HttpTransport;
import dev.certkit.http.UnreachableException;
import dev.certkit.identity.CertificateChain;
import dev.certkit.identity.CertificationRequest;
import dev.certkit.identity.CertifiedKey;
import dev.certkit.issue.LocalAuthority;
import dev.certkit.issue.OcspResponder;
import dev.certkit.issue.Publication;
import dev.certkit.key.KeyType;
import dev.certkit.samples.SampleKeys;
import dev.certkit.samples.SamplePki;
import dev.certkit.store.InMemoryStorage;
import dev.certkit.time.MovableClock;
import dev.certkit.trust.PresentedChain;
import dev.certkit.trust.TrustAnchors;
import dev.certkit.trust.TrustPolicy;
import dev.certkit.trust.TrustReason;
import dev.certkit.trust.TrustReason.RevocationUnknown;
import dev.certkit.trust.TrustVerdict;
import dev.certkit.x509.CertificateProfile;
import dev.certkit.x509.DistinguishedName;
import dev.certkit.x509.RevocationReason;
import dev.certkit.x509.SerialNumber;
import java.io.IOException;
import java.net.URI;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;

/** A root and an intermediate authority that publish, and a web on which what they publish is to be had. */
abstract class RevocationLab {
    static final Instant NOW = Instant.parse("2026-11-22T05:00:00Z");
    static final KeyPair ROOT_KEY = SampleKeys.of(KeyType.EC_P384);
    static final KeyPair MIDDLE_KEY = SampleKeys.of(KeyType.EC_P256);
    static final KeyPair LEAF_KEY = SampleKeys.otherOf(KeyType.EC_P256);
    static final URI LIST = URI.create("http://pki.example.fr/middle.crl");
    static final URI RESPONDER = URI.create("http://ocsp.example.fr/middle");
    static final URI ROOT_LIST = URI.create("http://pki.example.fr/root.crl");
    static final Duration WEEK = Duration.ofDays(7);

    final MovableClock clock = MovableClock.at(NOW);
    final Map<URI, Function<HttpCall, HttpAnswer>> web = new HashMap<>();
    final List<String> calls = new CopyOnWriteArrayList<>();
    final HttpTransport transport = this::exchange;
    LocalAuthority root;
    LocalAuthority middle;
    X509Certificate leaf;

    @BeforeEach
    void publish() throws IOException {
        root = LocalAuthority.of(CertifiedKey.selfSigned(DistinguishedName.cn("Root"))
                        .profile(CertificateProfile.authority())
                        .clock(clock)
                        .with(ROOT_KEY))
                .clock(clock)
                .in(InMemoryStorage.empty(clock))
                .publishing(Publication.nothing().crlAt(ROOT_LIST));
        CertificateChain chain = SamplePki.certified(root.profile(CertificateProfile.authority())
                .issue(CertificationRequest.forSubject(DistinguishedName.cn("Middle"))
                        .signedBy(MIDDLE_KEY)
                        .request()));
        middle = LocalAuthority.of(CertifiedKey.of(MIDDLE_KEY.getPrivate(), chain))
                .clock(clock)
                .in(InMemoryStorage.empty(clock));
        serve(ROOT_LIST, call -> root.revocations().crl(WEEK).encoded());
        serve(LIST, call -> middle.revocations().crl(WEEK).encoded());
        serve(RESPONDER, call -> OcspResponder.of(middle).answer(call.body().orElseThrow()));
        leaf = issued(Publication.nothing().crlAt(LIST).ocspAt(RESPONDER));
    }

    interface Service {
        byte[] answer(HttpCall call) throws IOException;
    }

    void serve(URI place, Service service) {
        web.put(place, call -> {
            try {
                return HttpAnswer.of(200, Map.of(), service.answer(call));
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
    }

    void serve(URI place, byte[] body) {
        serve(place, call -> body);
    }

    private HttpAnswer exchange(HttpCall call) throws IOException {
        calls.add(call.method() + " " + call.uri());
        Function<HttpCall, HttpAnswer> service = web.get(call.uri());
        if (service == null) {
            throw UnreachableException.tooLarge(call.uri(), 1);
        }
        return service.apply(call);
    }

    X509Certificate issued(Publication publication) throws IOException {
        LocalAuthority publishing = middle.publishing(publication);
        X509Certificate certificate = SamplePki.certified(
                        publishing.issue(CertificationRequest.forSubject(DistinguishedName.cn("printer-7"))
                                .san("printer-7.example.fr")
                                .signedBy(LEAF_KEY)
                                .request()))
                .leaf();
        return certificate;
    }

    static SerialNumber serial(X509Certificate certificate) {
        return new SerialNumber(certificate.getSerialNumber());
    }

    void revokeLeaf() throws IOException {
        middle.revocations().revoke(serial(leaf), RevocationReason.KEY_COMPROMISE);
    }

    X509Certificate middleCertificate() {
        return middle.authority().chain().leaf();
    }

    X509Certificate rootCertificate() {
        return root.authority().chain().leaf();
    }

    RevocationPolicy soft() {
        return RevocationPolicy.softFail(transport).clock(clock);
    }

    RevocationPolicy hard() {
        return RevocationPolicy.hardFail(transport).clock(clock);
    }

    PresentedChain presented() {
        return PresentedChain.of(List.of(leaf, middleCertificate()), clock.instant());
    }

    TrustVerdict judged(RevocationPolicy policy) {
        return judged(policy, presented());
    }

    TrustVerdict judged(RevocationPolicy policy, PresentedChain presented) {
        return TrustPolicy.pkix(TrustAnchors.of(rootCertificate())).and(policy).judge(presented);
    }

    static List<TrustReason> reasons(TrustVerdict verdict) {
        return verdict.fold(trusted -> List.of(), TrustVerdict.Untrusted::reasons);
    }

    static Optional<RevocationUnknown.Cause> cause(TrustVerdict verdict) {
        return reasons(verdict).stream()
                .filter(RevocationUnknown.class::isInstance)
                .map(reason -> ((RevocationUnknown) reason).cause())
                .findFirst();
    }

    static String text(TrustVerdict verdict) {
        return reasons(verdict).toString();
    }
}
