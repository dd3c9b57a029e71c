package dev.certkit.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.http.Challenges.Challenge;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import org.junit.jupiter.api.Test;

class ChallengesTest {
    private static List<Challenge> read(String... fields) {
        return Challenges.in(Arrays.asList(fields));
    }

    @Test
    void areReadFromOneField() {
        assertEquals(
                List.of(
                        new Challenge("newauth", Map.of("realm", "apps", "type", "1", "title", "Login to \"apps\"")),
                        new Challenge("basic", Map.of("realm", "simple"))),
                read("Newauth realm=\"apps\", type=1, title=\"Login to \\\"apps\\\"\", Basic realm=\"simple\""));
    }

    @Test
    void areReadFromManyFields() {
        assertEquals(2, read("Basic realm=a", "Digest realm=b").size());
    }

    @Test
    void ofOneWordInBase64ArePassedOver() {
        assertEquals(
                List.of("negotiate", "ntlm", "digest"),
                read("Negotiate YWJj/+==, NTLM, Digest realm=b").stream()
                        .map(Challenge::scheme)
                        .toList());
    }

    @Test
    void haveBlanksAndEmptyElementsAsTheyLike() {
        assertEquals(
                List.of(new Challenge("digest", Map.of("realm", "a, b=\"c\"", "nonce", ""))),
                read(" ,, Digest\trealm = \"a, b=\\\"c\\\"\" ,, nonce=\"\" , "));
    }

    @Test
    void thatNameAParameterTwiceAreNone() {
        assertEquals(List.of(), read("Digest realm=a, realm=b"));
    }

    @Test
    void thatDoNotEndAreNone() {
        assertEquals(List.of(), read("Digest realm=\"a", "Digest realm=\"a\\", "Digest realm=\"a\"x", "\"", "=,="));
    }

    @Test
    void ofMonstrousLengthAreNone() {
        assertEquals(List.of(), read("Digest realm=\"" + "a".repeat(10_000) + "\""));
        assertEquals(20, read("Basic realm=a,".repeat(500)).size());
    }

    @Property
    void ofAnyTextAreReadWithoutAnException(@ForAll String text) {
        assertTrue(read(text).size() <= 20);
    }

    @Property
    void ofAlmostSoundTextAreReadWithoutAnException(
            @ForAll @CharRange(from = ' ', to = '@') String text, @ForAll String name) {
        assertTrue(read("Digest realm=" + text + "," + name).size() <= 20);
    }
}
