package dev.certkit.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.key.Passphrase;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The examples of the RFCs; those of RFC 7616, section 3.9.2, as its erratum 4897 has them. */
@Tag("G8")
class DigestVectorsTest {
    private static final String NONCE = "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v";
    private static final String CNONCE = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ";
    private static final String TWO = "Digest realm=\"http-auth@example.org\", qop=\"auth, auth-int\", algorithm=%s,"
            + " nonce=\"" + NONCE + "\", opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\"";

    private static DigestChallenge challenge(String... headers) {
        return DigestChallenge.best(HttpAnswer.of(401, Map.of("WWW-Authenticate", List.of(headers)), new byte[0]))
                .orElseThrow();
    }

    private static String answer(DigestChallenge challenge, DigestCredentials credentials, String cnonce, String uri) {
        return DigestSession.of(challenge, credentials, cnonce).authorization("GET", URI.create(uri));
    }

    private static String mufasa(String... headers) {
        DigestCredentials credentials = new DigestCredentials("Mufasa", Passphrase.of("Circle of Life"));
        return answer(challenge(headers), credentials, CNONCE, "http://www.example.org/dir/index.html");
    }

    @Test
    void sha256OfRfc7616() {
        assertEquals(
                "Digest username=\"Mufasa\", realm=\"http-auth@example.org\", uri=\"/dir/index.html\", algorithm=SHA-256,"
                        + " nonce=\"" + NONCE + "\", nc=00000001, cnonce=\"" + CNONCE + "\", qop=auth,"
                        + " response=\"753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1\","
                        + " opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\"",
                mufasa(TWO.formatted("SHA-256")));
    }

    @Test
    void md5OfRfc7616() {
        assertTrue(mufasa(TWO.formatted("MD5")).contains("response=\"8ca523f5e9506fed4657c9700eebdbec\""));
    }

    @Test
    void theBetterHashIsTakenWhateverStandsFirst() {
        String md5 = TWO.formatted("MD5");
        String sha = TWO.formatted("SHA-256");
        assertTrue(mufasa(md5, sha).contains("algorithm=SHA-256,"));
        assertTrue(mufasa(sha, md5).contains("algorithm=SHA-256,"));
        assertTrue(mufasa(md5 + ", " + sha).contains("algorithm=SHA-256,"));
        assertTrue(mufasa("Basic realm=\"x\", " + md5 + ", Negotiate abc==, " + sha)
                .contains("algorithm=SHA-256,"));
        assertTrue(mufasa(md5).contains("algorithm=MD5,"));
    }

    @Test
    void sha512WithAUserHashOfRfc7616() {
        DigestChallenge challenge = challenge("Digest realm=\"api@example.org\", qop=\"auth\", algorithm=SHA-512-256,"
                + " nonce=\"5TsQWLVdgBdmrQ0XsxbDODV+57QdFR34I9HAbC/RVvkK\","
                + " opaque=\"HRPCssKJSGjCrkzDg8OhwpzCiGPChXYjwrI2QmXDnsOS\", charset=UTF-8, userhash=true");
        DigestCredentials credentials = new DigestCredentials("J\u00E4s\u00F8n Doe", Passphrase.of("Secret, or not?"));
        String answer = answer(
                challenge,
                credentials,
                "NTg6RKcb9boFIAS3KrFK9BGeh+iDa/sm6jUMp2wds69v",
                "http://api.example.org/doe.json");
        assertTrue(
                answer.contains("username=\"793263caabb707a56211940d90411ea4a575adeccb7e360aeb624ed06ece9b0b\""),
                answer);
        assertTrue(
                answer.contains("response=\"3798d4131c277846293534c3edc11bd8a5e4cdcbff78b05db9d95eeb1cec68a5\""),
                answer);
        assertTrue(answer.endsWith(", userhash=true"), answer);
    }

    @Test
    void aNameBeyondAsciiIsEncodedWhereItIsNotHashed() {
        DigestChallenge challenge = challenge(
                "Digest realm=\"api@example.org\", qop=\"auth\", algorithm=SHA-256, nonce=\"n\", charset=UTF-8");
        DigestCredentials credentials = new DigestCredentials("J\u00E4s\u00F8n Doe", Passphrase.of("x"));
        String answer = answer(challenge, credentials, "c", "http://api.example.org/");
        assertTrue(answer.startsWith("Digest username*=UTF-8''J%C3%A4s%C3%B8n%20Doe, realm="), answer);
    }

    @Test
    void md5OfRfc2617() {
        DigestChallenge challenge = challenge("Digest realm=\"testrealm@host.com\", qop=\"auth,auth-int\","
                + " nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\", opaque=\"5ccc069c403ebaf9f0171e9517f40e41\"");
        DigestCredentials credentials = new DigestCredentials("Mufasa", Passphrase.of("Circle Of Life"));
        String answer = answer(challenge, credentials, "0a4f113b", "http://www.nowhere.org/dir/index.html");
        assertTrue(answer.contains("response=\"6629fae49393a05397450978507c4ef1\""), answer);
        assertFalse(answer.contains("algorithm"), answer);
    }

    @Test
    void withoutAQopIsThatOfRfc2069() {
        DigestChallenge challenge =
                challenge("Digest realm=\"testrealm@host.com\", nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\"");
        DigestCredentials credentials = new DigestCredentials("Mufasa", Passphrase.of("CircleOfLife"));
        String answer = answer(challenge, credentials, "0a4f113b", "http://www.nowhere.org/dir/index.html");
        assertTrue(answer.contains("response=\"1949323746fe6a43ef61f9606e7febea\""), answer);
        assertFalse(answer.contains("cnonce"), answer);
        assertFalse(answer.contains("nc="), answer);
    }
}
