package dev.certkit.scep;

import dev.certkit.identity.CertificateChain;
import dev.certkit.identity.CertifiedKey;
import dev.certkit.issue.Issuance;
import dev.certkit.issue.LocalAuthority;
import dev.certkit.key.CryptoProviders;
import dev.certkit.store.Storage;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server's side of SCEP (RFC 8894) without a server: bytes in, bytes out.
 *
 * <p>Answers GetCACaps, GetCACert, GetNextCACert where {@linkplain #next(CertificateChain) it is known}, and PKIOperation
 * with PKCSReq, RenewalReq, CertPoll, and, for holders of a certificate, GetCert and GetCRL; every refusal is a signed
 * CertRep. First certificates need {@linkplain #challenges(ChallengePolicy) a policy}, without one all are refused;
 * renewals need a certificate of the same authority. The same request again, as devices send it when an answer is lost,
 * gets the same certificate; that this holds over a restart needs {@linkplain #in(Storage) a storage}.
 *
 * <p>Immutable: each call gives a new responder. Thread safe, and safe for several processes over one storage that is.
 */
public final class ScepResponder {
    private static final Logger LOG = LoggerFactory.getLogger(ScepResponder.class);
    private static final int DIGITAL_SIGNATURE = 0;
    private static final int KEY_ENCIPHERMENT = 2;
    private static final int BAD_REQUEST = 400;
    private static final int NOT_FOUND = 404;
    private static final int METHOD_NOT_ALLOWED = 405;
    private static final int TOO_LARGE = 413;
    private static final int URI_TOO_LONG = 414;
    private static final int OUR_FAULT = 500;
    private static final int UNAVAILABLE = 503;

    private final LocalAuthority authority;
    private final Optional<CertifiedKey> registration;
    private final Optional<CertificateChain> next;
    private final ResponderSettings settings;
    private final PkiOperation operation;
    private final ScepResponse capabilities;
    private final ScepResponse certificates;
    private final Optional<NextAuthority> nextAuthority;

    private ScepResponder(
            LocalAuthority authority,
            Optional<CertifiedKey> registration,
            Optional<CertificateChain> next,
            ResponderSettings settings) {
        this.authority = authority;
        this.registration = registration;
        this.next = next;
        this.settings = settings;
        CertifiedKey ours = registration.orElseGet(authority::authority);
        this.operation =
                new PkiOperation(new MessageKey(ours.privateKey(), ours.chain().leaf()), authority, settings);
        this.nextAuthority = next.map(chain -> NextAuthority.of(authority.authority(), chain, settings.crypto()));
        this.capabilities = CaAnswers.capabilities(settings.quirks().floorForRequests(), nextAuthority);
        this.certificates = CaAnswers.certificates(
                authority.authority(), registration.map(key -> key.chain().leaf()));
    }

    /**
     * Answers with the authority's own key, which must be able to decrypt.
     *
     * @param authority issues and records; not null
     * @throws IllegalArgumentException if its key is no RSA key
     */
    public static ScepResponder of(LocalAuthority authority) {
        X509Certificate certificate = authority.authority().chain().leaf();
        requireRsa(
                certificate,
                "authority: its key cannot decrypt requests; add a registration authority with an RSA"
                        + " key: ScepResponder.of(authority, registrationAuthority)");
        warnOfUsages(certificate);
        return new ScepResponder(authority, Optional.empty(), Optional.empty(), ResponderSettings.standard());
    }

    /**
     * Answers with the key of a registration authority, so that the authority's key only ever signs certificates.
     *
     * @param authority issues and records; not null
     * @param registrationAuthority an RSA key that the authority certified by
     *     {@link dev.certkit.x509.CertificateProfile#registrationAuthority()}, or without extended key usages: clients
     *     must be able to tell it from a device that poses as one; not null
     * @throws IllegalArgumentException if it is anything else
     */
    public static ScepResponder of(LocalAuthority authority, CertifiedKey registrationAuthority) {
        X509Certificate certificate = registrationAuthority.chain().leaf();
        requireRsa(certificate, "registrationAuthority: its key cannot decrypt requests; use an RSA key");
        X509Certificate issuer = authority.authority().chain().leaf();
        try {
            RegistrationAuthority.proved(certificate, PinnedPath.of(certificate, issuer, List.of()));
        } catch (ScepException e) {
            throw new IllegalArgumentException(
                    "registrationAuthority: careful clients refuse it; let " + authority
                            + " certify its key for id-kp-cmcRA"
                            + " (1.3.6.1.5.5.7.3.28) or without extended key usages",
                    e);
        }
        warnOfUsages(certificate);
        return new ScepResponder(
                authority, Optional.of(registrationAuthority), Optional.empty(), ResponderSettings.standard());
    }

    private static void requireRsa(X509Certificate certificate, String otherwise) {
        if (!certificate.getPublicKey().getAlgorithm().equals("RSA")) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    /** RFC 8894, section 2.1.2; authorities of the field lack them, and most clients do not mind. */
    private static void warnOfUsages(X509Certificate certificate) {
        boolean[] usages = certificate.getKeyUsage();
        if (usages != null && !(usages[DIGITAL_SIGNATURE] && usages[KEY_ENCIPHERMENT])) {
            LOG.warn(
                    "SCEP: the certificate of {} is not for digitalSignature and keyEncipherment, which strict clients"
                            + " want; make it with CertificateProfile.scepAuthority(), or use a registration authority",
                    Shown.of(certificate.getSubjectX500Principal()));
        }
    }

    /**
     * Lets this policy decide who may have a first certificate; without one nobody may.
     *
     * @param policy not null
     */
    public ScepResponder challenges(ChallengePolicy policy) {
        return with(settings.with(policy));
    }

    /**
     * Keeps transactions here, so that they survive a restart; by default in memory.
     *
     * @param storage best the authority's own; closed by the caller; not null
     */
    public ScepResponder in(Storage storage) {
        return with(settings.with(storage));
    }

    /**
     * Accepts requests of peers that cannot do better.
     *
     * @param quirks by the peers' names; not null
     */
    public ScepResponder quirks(PeerQuirks quirks) {
        return with(settings.with(quirks));
    }

    /**
     * Asks this clock what time it is; the authority and the policy have clocks of their own.
     *
     * @param clock not null
     */
    public ScepResponder clock(Clock clock) {
        return with(settings.with(clock));
    }

    /**
     * Uses these providers for the responder's key and for randomness.
     *
     * @param providers not null
     */
    public ScepResponder using(CryptoProviders providers) {
        return with(settings.with(providers));
    }

    /**
     * Sends the authority's chain behind each issued certificate.
     *
     * <p>By default the issued certificate is sent alone: some devices cannot read more than one, while others, for
     * example Cisco's, want the authority's too.
     */
    public ScepResponder includingAuthority() {
        return with(settings.with(ResponderSettings.Answer.CHAIN));
    }

    /**
     * Announces the authority that will follow, in the name of the present one (GetNextCACert).
     *
     * <p>Only announces: who is to issue for the next authority before the change is another responder.
     *
     * @param chain the next authority's certificate, and those above it; not null
     * @throws IllegalArgumentException if it is no authority's
     */
    public ScepResponder next(CertificateChain chain) {
        return new ScepResponder(
                authority, registration, Optional.of(Objects.requireNonNull(chain, "chain")), settings);
    }

    private ScepResponder with(ResponderSettings changed) {
        return new ScepResponder(authority, registration, next, changed);
    }

    /**
     * Answers a request, whatever it is.
     *
     * <p>Never throws for what is in the request or for what fails meanwhile: a storage that fails is HTTP status 503 with
     * nothing issued, and a key that fails is 500; both are logged.
     *
     * @param request not null
     */
    public ScepResponse handle(ScepRequest request) {
        Objects.requireNonNull(request, "request");
        try {
            return answer(request);
        } catch (IOException e) {
            LOG.warn("SCEP: nothing was answered to {}, the requester may come again", request, e);
            return ScepResponse.problem(UNAVAILABLE, "The SCEP responder cannot answer now.");
        } catch (RuntimeException | StackOverflowError e) {
            LOG.error("SCEP: nothing was answered to {}", request, e);
            return ScepResponse.problem(OUR_FAULT, "The SCEP responder has failed.");
        }
    }

    private ScepResponse answer(ScepRequest request) throws IOException {
        if (request.rawQuery().length() > ResponderQuery.MAX_LENGTH) {
            return ScepResponse.problem(URI_TOO_LONG, "The query is too long; use POST.");
        }
        ResponderQuery query = ResponderQuery.parse(request.rawQuery());
        return switch (request.method()) {
            case "GET" -> get(query, request.remote());
            case "POST" -> post(query, request);
            default -> ScepResponse.problem(METHOD_NOT_ALLOWED, "Use GET or POST.");
        };
    }

    private ScepResponse get(ResponderQuery query, String remote) throws IOException {
        return switch (query.operation().orElse("")) {
            case "GetCACaps" -> capabilities;
            case "GetCACert" -> certificates;
            case "GetNextCACert" ->
                nextAuthority
                        .map(NextAuthority::response)
                        .orElseGet(() -> ScepResponse.problem(NOT_FOUND, "No next authority is known yet."));
            case "PKIOperation" -> {
                Optional<byte[]> message = query.messageBytes();
                yield message.isEmpty()
                        ? ScepResponse.problem(BAD_REQUEST, "The message is no base64.")
                        : pkiOperation(message.get(), remote);
            }
            default -> unknownOperation();
        };
    }

    /** Many clients leave the operation out, since there is only one by POST (RFC 8894, section 4.1). */
    private ScepResponse post(ResponderQuery query, ScepRequest request) throws IOException {
        return query.operation().orElse("PKIOperation").equals("PKIOperation")
                ? pkiOperation(request.body(), request.remote())
                : unknownOperation();
    }

    private static ScepResponse unknownOperation() {
        return ScepResponse.problem(
                BAD_REQUEST, "The operation is none of GetCACaps, GetCACert, GetNextCACert and PKIOperation.");
    }

    private ScepResponse pkiOperation(byte[] message, String remote) throws IOException {
        return message.length > ScepRequest.MAX_BODY
                ? ScepResponse.problem(TOO_LARGE, "The message is too large.")
                : operation.answer(message, remote);
    }

    /**
     * The requests that wait for a person's word, the longest waiting first; at most 1000 wait.
     *
     * @throws IOException if the storage fails
     */
    public List<WaitingRequest> waiting() throws IOException {
        return operation.desk().waiting();
    }

    /**
     * Issues the certificate that was asked for; the requester gets it when it asks again. Again gives the same.
     *
     * @param waiting as it was listed; not null
     * @return declined if the authority's rules do not allow it
     * @throws IOException if the storage fails; approve again
     * @throws IllegalStateException if this request does not wait any more
     */
    public Issuance approve(WaitingRequest waiting) throws IOException {
        return operation.desk().approve(Objects.requireNonNull(waiting, "waiting"));
    }

    /**
     * Refuses what was asked for; the requester is told when it asks again.
     *
     * @param waiting as it was listed; not null
     * @param text for the people on the requester's side; not null
     * @throws IOException if the storage fails; deny again
     * @throws IllegalStateException if this request does not wait any more
     */
    public void deny(WaitingRequest waiting, String text) throws IOException {
        operation.desk().deny(waiting, Objects.requireNonNull(text, "text"));
    }

    /** The authority's name. */
    @Override
    public String toString() {
        return "ScepResponder[" + authority + "]";
    }
}
