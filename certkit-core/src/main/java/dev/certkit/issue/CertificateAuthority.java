package dev.certkit.issue;

import dev.certkit.identity.CertifiedKey;
import dev.certkit.identity.PendingKey;
import java.io.IOException;

/**
 * Certifies keys: a SCEP server, a local authority, or one's own.
 *
 * <p>Implementations are thread safe. A repeated call with the same pending key is harmless: it gives the same answer,
 * as far as the authority's protocol allows. An {@link IOException} says that the authority was not reached or did not
 * answer as it must; the pending key is kept and can be sent again.
 */
public interface CertificateAuthority {
    /**
     * Asks for a first certificate.
     *
     * @param pending the key with its request; not null
     * @throws IOException if the authority is unreachable or its answer cannot be accepted
     */
    Enrolment enrol(PendingKey pending) throws IOException;

    /**
     * Asks for the next certificate, proving who asks by the current one.
     *
     * @param current the key and chain that are to be followed; not null
     * @param next the key with its request, a new key for preference; not null
     * @throws IOException if the authority is unreachable or its answer cannot be accepted
     */
    Enrolment renew(CertifiedKey current, PendingKey next) throws IOException;

    /**
     * Asks what became of a request that was left pending.
     *
     * @param waiting as it was given, or put together again from what was stored; not null
     * @throws IOException if the authority is unreachable or its answer cannot be accepted
     */
    Enrolment poll(Enrolment.Pending waiting) throws IOException;

    /**
     * Tells what an exception of one of the other methods means for who wants to ask again.
     *
     * <p>Without an own word of the authority's, every exception says that it was not reached.
     *
     * @param failure as it was thrown; not null
     */
    default AuthorityFault fault(IOException failure) {
        return AuthorityFault.of(AuthorityFault.Kind.UNREACHABLE);
    }
}
