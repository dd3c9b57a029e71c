/**
 * The Simple Certificate Enrolment Protocol, RFC 8894: a client that is a certificate authority to its user, and a
 * responder that is bytes in, bytes out.
 *
 * <p>No parameter or return value is null unless its documentation says so.
 *
 * <p><b>Why</b>:
 *
 * <ul>
 *   <li>A message that came and a message that was verified are two types. The key that verifies is always an argument:
 *       what travels inside a message can never vouch for it.
 *   <li>The reader is tolerant in form (BER or DER, any character string type, any order) and strict in substance:
 *       algorithms come from an allow-list whose floor does not depend on what the peer announces. What is weaker needs
 *       a {@link dev.certkit.scep.PeerQuirks} that names the peer.
 *   <li>Size, nesting and number of values are checked by an iterative scan before anything recursive sees the bytes.
 *   <li>The writer uses definite lengths throughout and says {@code rsaEncryption} for the signature algorithm, which is
 *       what every known peer reads. Only the signed attributes are sorted; certificates keep their order, since some
 *       devices take the first.
 *   <li>An RSA key block is opened without padding and judged in constant time, a bad one being replaced by a key that
 *       depends on the block alone (implicit rejection). PKCS#1 v1.5 is what the protocol prescribes; this takes its
 *       oracle away without asking anything of the key but the raw operation, so that it may live in a token.
 *   <li>A registration authority is named by the server, in an answer that nobody signed, and every device holds a
 *       certificate of the same authority. Therefore one that is restricted to other purposes does not speak for it.
 *   <li>What a server announces is not authentic, so it decides only what cannot hurt: POST or GET, and the form of a
 *       renewal. Algorithms are those of RFC 8894 whatever it says; a stripped GetCACaps changes none of them.
 *   <li>What a server said is remembered, because three exchanges where one would do are what a fleet's server feels most.
 *       An answer whose signature does not hold by what is remembered is read again with what the server says now, rather
 *       than the request sent again: the server may have issued already. The request is sent again only if it was not
 *       read.
 *   <li>The self-signed certificate of a first request follows from the key alone. A device that has lost its power, and
 *       has only key, request and identifier left, makes the same again, and can open what was encrypted to it.
 *   <li>A next authority is believed for the present authority's signature over it. Certificates that travel beside what
 *       was signed do not count, nor does the word of a registration authority.
 *   <li>Single DES in an answer is opened for one named server, because it hides nothing: a certificate is public, and
 *       believed for its own signature.
 *   <li>The responder trusts nothing in a request but what a key in it proves. A transaction belongs to the key that signed
 *       it, not to its identifier, which is the requester's to choose. A first request must be signed by the key that it
 *       asks a certificate for, wherever that key can decrypt the answer, so that a recorded request is of no use to
 *       others. A renewal gets no name that the certificate before it did not have.
 *   <li>Each order is issued exactly once, without a transaction over several records: its serial number is recorded
 *       before anything else, and redeeming the challenge and issuing are both idempotent by that number. A challenge is
 *       judged before there is a record, so that wrong ones leave none, and used up after, so that a crash loses none.
 *   <li>Records hold no challenge: what waits for a person is kept encrypted to the responder's own key.
 *   <li>What was inside an envelope, if anything, cannot be told from a refusal; polls are not opened at all.
 * </ul>
 */
@NullMarked
package dev.certkit.scep;

import org.jspecify.annotations.NullMarked;
