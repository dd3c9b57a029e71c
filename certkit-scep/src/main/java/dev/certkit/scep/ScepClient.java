package dev.certkit.scep;

import dev.certkit.http.HttpTransport;
import dev.certkit.identity.CertifiedKey;
import dev.certkit.identity.PendingKey;
import dev.certkit.issue.CertificateAuthority;
import dev.certkit.issue.Enrolment;
import dev.certkit.key.CryptoProviders;
import dev.certkit.x509.Fingerprint;
import java.io.IOException;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * An authority that is reached by SCEP (RFC 8894).
 *
 * <p>It trusts one certificate, the pinned one, and what that certificate proves. An answer counts only if it was signed by
 * the pinned authority, or by an intermediate or registration authority under it; if it is to this very request, by
 * transaction and nonce; and if the certificate in it is for the key that was sent, leads to the pinned authority, and is
 * in time. Messages are sent by POST with AES-128 and SHA-256, whatever the server announces.
 *
 * <p>Each call asks the server for its certificates first and keeps nothing. The same key is always sent under the same
 * transaction identifier, so that a request whose answer was lost can be sent again.
 *
 * <p>Immutable and thread safe.
 */
public final class ScepClient implements CertificateAuthority {
    private final ScepServer server;
    private final CaPin pin;
    private final Ways ways;

    private ScepClient(ScepServer server, CaPin pin, Ways ways) {
        this.server = server;
        this.pin = pin;
        this.ways = ways;
    }

    private record Ways(PeerQuirks quirks, Clock clock, CryptoProviders crypto) {}

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

        private ScepClient pinned(CaPin pin) {
            return new ScepClient(
                    server, pin, new Ways(PeerQuirks.none(), Clock.systemUTC(), CryptoProviders.standard()));
        }
    }

    /**
     * The same client, tolerant of a kind of server.
     *
     * @param quirks not null
     */
    public ScepClient quirks(PeerQuirks quirks) {
        return with(new Ways(Objects.requireNonNull(quirks, "quirks"), ways.clock, ways.crypto));
    }

    /**
     * The same client over another transport, for example with other limits.
     *
     * @param transport not null
     */
    public ScepClient transport(HttpTransport transport) {
        return new ScepClient(server.over(Objects.requireNonNull(transport, "transport")), pin, ways);
    }

    /**
     * The same client by another clock; the default is the system's.
     *
     * @param clock not null
     */
    public ScepClient clock(Clock clock) {
        return with(new Ways(ways.quirks, Objects.requireNonNull(clock, "clock"), ways.crypto));
    }

    /**
     * The same client with other cryptographic providers.
     *
     * @param crypto not null
     */
    public ScepClient using(CryptoProviders crypto) {
        return with(new Ways(ways.quirks, ways.clock, Objects.requireNonNull(crypto, "crypto")));
    }

    private ScepClient with(Ways changed) {
        return new ScepClient(server, pin, changed);
    }

    /**
     * Asks what the server can do (GetCACaps).
     *
     * @return unmodifiable; empty if it does not say, which older servers do in many ways; nothing in it is authentic
     * @throws IOException if the server cannot be reached
     */
    public Set<CaCapability> capabilities() throws IOException {
        return server.capabilities();
    }

    /**
     * Fetches the certificates of the authority (GetCACert), and checks them against the pin.
     *
     * @return the pinned certificate first, then intermediate authorities that are proved to be under it; unmodifiable
     * @throws ScepException if the pinned authority is not there, or something in the answer is not acceptable
     * @throws IOException if the server cannot be reached
     */
    public List<X509Certificate> authorities() throws IOException {
        return authority().authorities();
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException if the key is no RSA key
     * @throws ScepException if the answer cannot be accepted, with the check that failed; nothing was changed
     */
    @Override
    public Enrolment enrol(PendingKey pending) throws IOException {
        return request(ClientTransaction.first(pending, ways.clock, ways.crypto));
    }

    /**
     * {@inheritDoc}
     *
     * <p>The current key signs the request and opens the answer; the next one may be of any kind.
     *
     * @throws IllegalArgumentException if the current key is no RSA key
     * @throws ScepException if the answer cannot be accepted, with the check that failed; nothing was changed
     */
    @Override
    public Enrolment renew(CertifiedKey current, PendingKey next) throws IOException {
        return request(ClientTransaction.renewal(current, next));
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException if the key is no RSA key, or the transaction identifier is none
     * @throws ScepException if the answer cannot be accepted, with the check that failed; nothing was changed
     */
    @Override
    public Enrolment poll(Enrolment.Pending waiting) throws IOException {
        ClientTransaction transaction = waiting.current()
                .map(current -> ClientTransaction.renewal(current, waiting.pendingKey()))
                .orElseGet(() -> ClientTransaction.first(waiting.pendingKey(), ways.clock, ways.crypto))
                .under(waiting.transactionId());
        CaCertificates authority = authority();
        // RFC 8894, 3.3.3: the issuer is the authority's subject.
        byte[] content = new IssuerAndSubject(
                        authority.issuer(),
                        waiting.pendingKey().request().subject().toPrincipal())
                .encoded();
        return exchange(transaction, authority, MessageType.CERT_POLL, content);
    }

    private Enrolment request(ClientTransaction transaction) throws IOException {
        return exchange(
                transaction,
                authority(),
                transaction.requestType(),
                transaction.pending().request().encoded());
    }

    private CaCertificates authority() throws IOException {
        return CaCertificates.proved(server.certificates(), pin, ways.clock.instant());
    }

    private Enrolment exchange(
            ClientTransaction transaction, CaCertificates authority, MessageType type, byte[] content)
            throws IOException {
        Nonce nonce = Nonce.fresh(ways.crypto.random());
        byte[] message = PkiMessageWriter.request(
                        type, transaction.id(), Envelope.seal(content, authority.recipient(), ways.crypto))
                .senderNonce(nonce)
                .signingTime(ways.clock.instant())
                .signedBy(transaction.signer(), ways.crypto);
        CertRepReader reader = new CertRepReader(transaction, authority, ways.quirks.floorForAnswers(), ways.crypto);
        PkiMessage answer = reader.answer(server.pkiOperation(message), nonce);
        return switch (answer.status().orElseThrow()) {
            case SUCCESS ->
                new Enrolment.Issued(transaction.pending().certifiedBy(reader.chain(answer, ways.clock.instant())));
            case PENDING ->
                new Enrolment.Pending(transaction.pending(), transaction.id().text(), transaction.current());
            case FAILURE ->
                new Enrolment.Refused(
                        answer.failInfo().orElse(-1), answer.failInfoText().orElse(""));
        };
    }

    /** The address, never a key. */
    @Override
    public String toString() {
        return "ScepClient[" + server.uri().getScheme() + "://" + server.uri().getRawAuthority()
                + server.uri().getRawPath() + "]";
    }
}
