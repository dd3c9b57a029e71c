package dev.certkit.scep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.certkit.identity.CertificationRequest;
import dev.certkit.identity.CertifiedKey;
import dev.certkit.issue.Enrolment;
import dev.certkit.key.KeyType;
import dev.certkit.key.Pkcs11Token;
import dev.certkit.tokens.SoftToken;
import dev.certkit.tokens.TokenJvm;
import dev.certkit.x509.DistinguishedName;
import dev.certkit.x509.Fingerprint;
import java.security.KeyPair;
import java.security.Provider;
import java.security.Security;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A device whose key is in a token signs its messages and opens the answers there. */
@ExtendWith(TokenJvm.class)
class TokenEnrolmentTest {
    @Test
    void aDeviceEnrolsWithAKeyThatItCannotRead(SoftToken soft) throws Exception {
        List<Provider> registered = List.of(Security.getProviders());
        ResponderLab lab = ResponderLab.open();
        try (Pkcs11Token token = soft.open();
                ScepHttpServer server = ScepHttpServer.start(lab.responder())) {
            KeyPair keys = token.generate("device", KeyType.RSA_2048);
            ScepClient client = ScepClient.at(server.uri())
                    .trustingCa(Fingerprint.sha256(ResponderLab.ROOT.chain().leaf()))
                    .clock(lab.clock);
            Enrolment enrolment = client.enrol(CertificationRequest.forSubject(DistinguishedName.cn("printer.example"))
                    .san("printer.example")
                    .challengePassword(lab.challenge())
                    .signedBy(keys));
            CertifiedKey issued = assertInstanceOf(Enrolment.Issued.class, enrolment, enrolment::toString)
                    .key();
            assertEquals(keys.getPublic(), issued.chain().leaf().getPublicKey());
            assertNull(issued.privateKey().getEncoded());
        }
        assertEquals(registered, List.of(Security.getProviders()));
    }
}
