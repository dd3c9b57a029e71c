package dev.certkit.scep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.key.Passphrase;
import java.io.IOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class ScepResponderProperties {
    private static final Set<Integer> POLITE = Set.of(200, 400, 405, 413, 414);

    private final ResponderLab lab = ResponderLab.open();
    private final ScepResponder responder = lab.responder(ChallengePolicy.shared(Passphrase.of("secret")));
    private final byte[] message = Device.named("printer").challenge("wrong").message();

    private void isAnsweredAndIssuesNothing(ScepRequest request) throws IOException {
        ScepResponse response = responder.handle(request);

        assertTrue(POLITE.contains(response.status()), response::toString);
        assertEquals(0, lab.issued());
    }

    @Property
    void arbitraryBytesAreAnswered(@ForAll byte[] body) throws IOException {
        isAnsweredAndIssuesNothing(ScepRequest.of("POST").body(body));
    }

    @Property
    void arbitraryQueriesAreAnswered(@ForAll String method, @ForAll String query, @ForAll String remote)
            throws IOException {
        isAnsweredAndIssuesNothing(ScepRequest.of(method).query(query).remote(remote));
        isAnsweredAndIssuesNothing(ScepRequest.of("GET")
                .query("operation=PKIOperation&message=" + query)
                .remote(remote));
    }

    @Property(tries = 300)
    void flippedBitsAreAnswered(
            @ForAll @Size(min = 1, max = 3) int[] places, @ForAll @IntRange(min = 0, max = 7) int bit)
            throws IOException {
        byte[] flipped = message.clone();
        for (int place : places) {
            flipped[Math.floorMod(place, flipped.length)] ^= (byte) (1 << bit);
        }

        isAnsweredAndIssuesNothing(ScepRequest.of("POST").body(flipped));
    }

    @Property(tries = 200)
    void truncatedMessagesAreAnswered(@ForAll @IntRange(min = 0, max = 3000) int length) throws IOException {
        byte[] cut = Arrays.copyOf(message, Math.min(length, message.length - 1));

        isAnsweredAndIssuesNothing(ScepRequest.of("POST").body(cut));
        isAnsweredAndIssuesNothing(ScepRequest.of("GET")
                .query("operation=PKIOperation&message="
                        + Base64.getUrlEncoder().encodeToString(cut)));
    }

    @Property(tries = 100)
    void arbitraryContentInAGoodEnvelopeIsAnswered(@ForAll byte[] content) throws IOException {
        Device device = Device.named("printer");
        byte[] envelope = Envelope.seal(content, ResponderLab.ROOT.chain().leaf(), Device.CRYPTO);

        device.send(responder, device.message(envelope)).refusedFor(1);
        device.send(responder, device.type(MessageType.RENEWAL_REQ).message(envelope))
                .refusedFor(1);
        device.send(responder, device.type(MessageType.CERT_POLL).message(envelope))
                .refusedFor(4);
        assertEquals(0, lab.issued());
    }
}
