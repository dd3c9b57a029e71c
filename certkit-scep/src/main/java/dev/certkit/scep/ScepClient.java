package dev.certkit.scep;

import dev.certkit.http.HttpTransport;
import dev.certkit.identity.CertifiedKey;
import dev.certkit.identity.PendingKey;
import dev.certkit.issue.AuthorityFault;
import dev.certkit.issue.CertificateAuthority;
import dev.certkit.issue.Enrolment;
import dev.certkit.key.CryptoProviders;
import dev.certkit.scep.ClientExchange.Answer;
import dev.certkit.scep.ClientExchange.Question;
import dev.certkit.scep.ClientSettings.Demand;
import dev.certkit.scep.ScepException.Check;
import dev.certkit.scep.ServerKnowledge.Known;
import dev.certkit.x509.Fingerprint;
import dev.certkit.x509.SerialNumber;
import java.io.IOException;
import java.net.URI;
import java.security.PublicKey;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * An authority that is reached by SCEP (RFC 8894).
 *
 * <p>It trusts one certificate, the pinned one, and what that certificate proves. An answer counts only if it was signed by
 * the pinned authority, or by an intermediate or registration authority under it; if it is to this very request, by
 * transaction and nonce; and if the certificate in it is for the key that was sent, leads to the pinned authority, and is
 * in time. Messages are made with AES-128 and SHA-256, whatever the server announces, and sent by POST unless it does not
 * announce that.
 *
 * <p>What the server says of itself is remembered for a day, so that an enrolment is one exchange; it is asked again
 * earlier if an answer gives reason to. The same key is always sent under the same transaction identifier, so that a
 * request whose answer was lost can be sent again.
 *
 * <p>Thread safe. Each of the methods that change a setting gives a new client, which remembers nothing yet.
 */
public final class ScepClient implements CertificateAuthority {
    private final ScepServer server;
    private final CaPin pin;
    private final ClientSettings settings;
    private final ServerKnowledge knowledge;
    private final ClientExchange exchange;
    private final RequesterCertificate certificates;

    private ScepClient(ScepServer server, CaPin pin, ClientSettings settings) {
        this.server = server.with(settings);
        this.pin = pin;
        this.settings = settings;
        this.knowledge = new ServerKnowledge(this.server, pin, settings);
        this.exchange = new ClientExchange(this.server, knowledge, settings);
        this.certificates = new RequesterCertificate(settings.crypto());
    }

    /**
     * Begins with the server's address.
     *
     * @param uri http or https; without a path, {@code /cgi-bin/pkiclient.exe} is taken; not null
     * @throws IllegalArgumentException if it is anything else
     */
    public static Unpinned at(URI uri) {
        return new Unpinned(new ScepServer(uri, HttpTransport.standard()));
    }

    /** An address of which nobody said yet whom to trust there. */
    public static final class Unpinned {
        private final ScepServer server;

        private Unpinned(ScepServer server) {
            this.server = server;
        }

        /**
         * Trusts the authority whose certificate has this fingerprint.
         *
         * @param fingerprint of the whole certificate, learnt from the authority's operator; not null
         */
        public ScepClient trustingCa(Fingerprint fingerprint) {
            return pinned(CaPin.of(fingerprint));
        }

        /**
         * Trusts the authority that has this certificate.
         *
         * @param certificate learnt from the authority's operator; not null
         */
        public ScepClient trustingCa(X509Certificate certificate) {
            return pinned(CaPin.of(certificate));
        }

        /**
         * Trusts whichever authority the server shows first, for the life of the client and those made from it.
         *
         * <p>Whoever is on the way to the server at that moment may put his own in its place: show the fingerprint to a
         * person who can compare it, keep it, and pin it from then on.
         *
         * @param report told the fingerprint once, before anything is sent to the server; if it throws, nothing is sent,
         *     and nothing is trusted; not null
         */
        public ScepClient insecureTrustingFirstCa(Consumer<Fingerprint> report) {
            return pinned(CaPin.insecureFirst(report));
        }

        private ScepClient pinned(CaPin pin) {
            return new ScepClient(server, pin, ClientSettings.standard());
        }
    }

    ScepClient pinned(CaPin other) {
        return new ScepClient(server, other, settings);
    }

    /**
     * The same client, tolerant of a kind of server.
     *
     * @param quirks not null
     */
    public ScepClient quirks(PeerQuirks quirks) {
        return with(settings.with(quirks));
    }

    /**
     * The same client over another transport, for example with other limits.
     *
     * @param transport not null
     */
    public ScepClient transport(HttpTransport transport) {
        return new ScepClient(server.over(Objects.requireNonNull(transport, "transport")), pin, settings);
    }

    /**
     * The same client by another clock; the default is the system's.
     *
     * @param clock not null
     */
    public ScepClient clock(Clock clock) {
        return with(settings.with(clock));
    }

    /**
     * The same client with other cryptographic providers.
     *
     * @param crypto not null
     */
    public ScepClient using(CryptoProviders crypto) {
        return with(settings.with(crypto));
    }

    /**
     * The same client, which asks for renewals in this form.
     *
     * @param form not null
     */
    public ScepClient renewing(RenewalForm form) {
        return with(settings.with(form));
    }

    /**
     * The same client, which asks again what the server says of itself after this time; the default is a day.
     *
     * @param memory zero to ask before each request; not null
     * @throws IllegalArgumentException if it is negative
     */
    public ScepClient remembering(Duration memory) {
        return with(settings.remembering(memory));
    }

    /**
     * The same client, which stops at a server that does not announce {@link CaCapability#SCEP_STANDARD}.
     *
     * <p>For servers that are known to: the word may then be missing only because somebody took it out (RFC 8894, section
     * 7.5). Without this the client goes on as if it had been there, algorithms and all.
     */
    public ScepClient requiringStandard() {
        return with(settings.with(Demand.THE_STANDARD));
    }

    /**
     * The same client, which refuses a certificate whose subject or alternative names are not those that it asked for.
     *
     * <p>By default they are {@link Enrolment.Issued#differences told}: an authority may have reasons to change them.
     */
    public ScepClient requiringNamesAsAsked() {
        return with(settings.with(Demand.NAMES_AS_ASKED));
    }

    /**
     * The same client, which names one of the authorities of a server that has several.
     *
     * @param authority what older drafts call the CA identifier, sent with GetCACaps, GetCACert and GetNextCACert; not
     *     null
     */
    public ScepClient naming(String authority) {
        return with(settings.naming(authority));
    }

    private ScepClient with(ClientSettings changed) {
        return new ScepClient(server, pin, changed);
    }

    /**
     * Asks what the server can do (GetCACaps).
     *
     * @return unmodifiable; empty if it does not say, which older servers do in many ways; nothing in it is authentic
     * @throws IOException if the server cannot be reached
     */
    public Set<CaCapability> capabilities() throws IOException {
        return knowledge.capabilities();
    }

    /**
     * Fetches the certificates of the authority (GetCACert), and checks them against the pin.
     *
     * @return the pinned certificate first, then intermediate authorities that are proved to be under it; unmodifiable
     * @throws ScepException if the pinned authority is not there, or something in the answer is not acceptable
     * @throws IOException if the server cannot be reached
     */
    public List<X509Certificate> authorities() throws IOException {
        return knowledge.asked().authority().authorities();
    }

    /**
     * Fetches the authority that will follow (GetNextCACert), vouched for by the present one.
     *
     * @return empty if the server does not announce the operation, or has no next authority
     * @throws ScepException if the answer was not signed by the present authority, or is not acceptable otherwise
     * @throws IOException if the server cannot be reached
     */
    public Optional<ScepRollover> rollover() throws IOException {
        Known known = knowledge.current();
        Optional<byte[]> answer = known.capabilities().contains(CaCapability.GET_NEXT_CA_CERT)
                ? server.nextCertificates()
                : Optional.empty();
        return answer.isEmpty() ? Optional.empty() : Optional.of(rollover(answer.get(), known));
    }

    /** Only what was signed counts, and a registration authority does not vouch for an authority. */
    private ScepRollover rollover(byte[] answer, Known known) throws ScepException {
        List<PublicKey> authorities = known.authority().authorities().stream()
                .map(X509Certificate::getPublicKey)
                .toList();
        byte[] content = new PkiMessageReader(settings.quirks().floorForAnswers(), settings.crypto())
                .read(answer)
                .verifiedContent(authorities);
        return ScepRollover.of(this, known.authority(), CertsOnly.decode(content));
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException if the key is neither RSA nor, with a challenge password, EC
     * @throws ScepException if the answer cannot be accepted, with the check that failed; nothing was changed
     */
    @Override
    public Enrolment enrol(PendingKey pending) throws IOException {
        return request(ClientTransaction.first(pending, certificates));
    }

    /**
     * {@inheritDoc}
     *
     * <p>The current key signs the request and opens the answer; the next one may be of any kind. An EC key cannot open
     * anything: the next request must then have a challenge password, to which the answer is encrypted.
     *
     * @throws IllegalArgumentException if the current key is neither RSA nor, with a challenge password, EC
     * @throws ScepException if the answer cannot be accepted, with the check that failed; nothing was changed
     */
    @Override
    public Enrolment renew(CertifiedKey current, PendingKey next) throws IOException {
        return request(ClientTransaction.renewal(current, next));
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException as the other methods, or if the transaction identifier is none
     * @throws ScepException if the answer cannot be accepted, with the check that failed; nothing was changed
     */
    @Override
    public Enrolment poll(Enrolment.Pending waiting) throws IOException {
        ClientTransaction transaction = waiting.current()
                .map(current -> ClientTransaction.renewal(current, waiting.pendingKey()))
                .orElseGet(() -> ClientTransaction.first(waiting.pendingKey(), certificates))
                .under(waiting.transactionId());
        // RFC 8894, 3.3.3: the issuer is the authority's subject.
        return enrolment(transaction, known -> MessageType.CERT_POLL, authority -> new IssuerAndSubject(
                        authority.issuer(),
                        waiting.pendingKey().request().subject().toPrincipal())
                .encoded());
    }

    /** {@inheritDoc} */
    @Override
    public AuthorityFault fault(IOException failure) {
        if (failure instanceof ScepException scep) {
            OptionalInt status = scep.httpStatus();
            AuthorityFault fault = status.isPresent()
                    ? AuthorityFault.ofHttpStatus(status.getAsInt())
                    : AuthorityFault.of(AuthorityFault.Kind.UNACCEPTABLE);
            return scep.retryAfter().map(fault::retryAfter).orElse(fault);
        }
        return AuthorityFault.of(AuthorityFault.Kind.UNREACHABLE);
    }

    /**
     * What to keep before {@link #enrol}, to poll with after a restart; the network is not touched.
     *
     * @param pending not null
     */
    public Enrolment.Pending transaction(PendingKey pending) {
        return new Enrolment.Pending(pending, ClientTransaction.firstId(pending).text(), Optional.empty());
    }

    /**
     * What to keep before {@link #renew}, to poll with after a restart; the network is not touched.
     *
     * @param current not null
     * @param next not null
     */
    public Enrolment.Pending transaction(CertifiedKey current, PendingKey next) {
        return new Enrolment.Pending(
                next, ClientTransaction.renewalId(current, next).text(), Optional.of(current));
    }

    /**
     * Asks for another certificate of the same issuer (GetCert).
     *
     * @param asking signs the question, and opens the answer with its RSA key; not null
     * @param serial of the certificate that is looked for; not null
     * @return the certificate, proved to be under the pinned authority, whatever its dates; or the refusal
     * @throws IllegalArgumentException if the asking key is no RSA key
     * @throws ScepException if the answer cannot be accepted, with the check that failed
     * @throws IOException if the server cannot be reached
     */
    public ScepLookup<X509Certificate> certificate(CertifiedKey asking, SerialNumber serial) throws IOException {
        return new Lookups(exchange, settings).certificate(asking, serial);
    }

    /**
     * Asks for the revocation list of the issuer of a certificate (GetCRL).
     *
     * @param asking signs the question, and opens the answer with its RSA key; its issuer's list is asked for; not null
     * @return the list, signed by that issuer, whatever its dates; or the refusal
     * @throws IllegalArgumentException if the asking key is no RSA key
     * @throws ScepException if the answer cannot be accepted, with the check that failed
     * @throws IOException if the server cannot be reached
     */
    public ScepLookup<X509CRL> revocationList(CertifiedKey asking) throws IOException {
        return new Lookups(exchange, settings).revocationList(asking);
    }

    private Enrolment request(ClientTransaction transaction) throws IOException {
        byte[] request = transaction.pending().request().encoded();
        return enrolment(
                transaction,
                known -> transaction.requestType(settings.habits().renewal(), known),
                authority -> request);
    }

    private Enrolment enrolment(
            ClientTransaction transaction, Function<Known, MessageType> type, Function<CaCertificates, byte[]> content)
            throws IOException {
        Answer answer = exchange.ask(new Question(transaction.id(), transaction.requester(), type, content));
        return switch (answer.message().status().orElseThrow()) {
            case SUCCESS ->
                accepted(Enrolment.Issued.of(
                        transaction.pending(),
                        new IssuedChain(answer.authority(), settings.clock().instant())
                                .of(transaction, answer.content().orElseThrow())));
            case PENDING ->
                new Enrolment.Pending(transaction.pending(), transaction.id().text(), transaction.current());
            case FAILURE -> Lookups.refusal(answer);
        };
    }

    private Enrolment.Issued accepted(Enrolment.Issued issued) throws ScepException {
        if (settings.demands(Demand.NAMES_AS_ASKED) && !issued.differences().isEmpty()) {
            throw ScepException.of(
                    Check.CERTIFICATE_NAMES,
                    "The certificate of " + Shown.of(issued.key().chain().subject())
                            + " does not have the names that were asked for: " + issued.differences());
        }
        return issued;
    }

    /** The address, never a key. */
    @Override
    public String toString() {
        return "ScepClient[" + server + "]";
    }
}
