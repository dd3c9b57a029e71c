package dev.certkit.shelf;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.certkit.key.KeyType;
import dev.certkit.store.RecordContent;
import dev.certkit.store.Shelf;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** A record that somebody edited, cut off or damaged is an error, never a surprise. */
class DamagedIdentityProperties {
    private static final String SOUND = sound();

    private static String sound() {
        try {
            IdentityLab lab = new IdentityLab();
            lab.identities.install(
                    "web",
                    IdentityLab.certify(lab.identities
                            .request("web", IdentityLab.WISHES, KeyType.EC_P256)
                            .request()));
            lab.identities.request("web", IdentityLab.WISHES, KeyType.EC_P256);
            lab.identities.awaiting("web", "A1");
            return lab.stored("web");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private interface Reading {
        void run() throws IOException;
    }

    @Provide
    Arbitrary<String> lines() {
        List<String> lines = SOUND.lines().toList();
        return Arbitraries.of(lines)
                .list()
                .ofMaxSize(2 * lines.size())
                .map(some -> "certkit identity 1\n\nin use:\n" + String.join("\n", some) + "\n");
    }

    @Property(tries = 300)
    void aChangedCharacterIsAnErrorOrNothing(@ForAll int place, @ForAll char other) throws IOException {
        StringBuilder text = new StringBuilder(SOUND);
        text.setCharAt(Math.floorMod(place, text.length()), other);
        everyReadingEnds(text.toString());
    }

    @Property(tries = 200)
    void aRecordThatIsCutOffIsAnErrorOrNothing(@ForAll int length) throws IOException {
        everyReadingEnds(SOUND.substring(0, Math.floorMod(length, SOUND.length())));
    }

    @Property(tries = 200)
    void linesInAnyOrderAreAnErrorOrNothing(@ForAll("lines") String text) throws IOException {
        everyReadingEnds(text);
    }

    private static void everyReadingEnds(String text) throws IOException {
        IdentityLab lab = new IdentityLab();
        lab.storage.create(Shelf.of("identities").name("web"), RecordContent.of(text.getBytes(StandardCharsets.UTF_8)));
        Identities identities = lab.identities;
        assertEquals(1, identities.list().size());
        ends(() -> identities.find("web"));
        ends(() -> identities.chain("web"));
        ends(() -> identities.pending("web"));
        ends(() -> identities.certificationRequest("web"));
        ends(() -> identities.transactionId("web"));
        ends(() -> identities.summary("web"));
        ends(() -> identities.steps("web"));
        ends(() -> identities.holders(IdentityLab.ROOT.chain().leaf().getPublicKey()));
        assertEquals(text, lab.stored("web"));
    }

    private static void ends(Reading reading) {
        try {
            reading.run();
        } catch (IOException e) {
            // Declared, and nothing was changed.
        }
    }

    @Property(tries = 1)
    void moreCertificatesThanAChainHasAreAnError() throws IOException {
        String leaf = IdentityLab.certified().chain().toPem();
        everyReadingEnds("certkit identity 1\n\nin use:\n" + leaf.repeat(6));
    }
}
