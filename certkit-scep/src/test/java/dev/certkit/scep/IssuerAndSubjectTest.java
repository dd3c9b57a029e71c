package dev.certkit.scep;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.certkit.scep.ScepException.Check;
import java.util.HexFormat;
import javax.security.auth.x500.X500Principal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IssuerAndSubjectTest {
    @Test
    void whatIsWrittenIsRead() throws ScepException {
        IssuerAndSubject names =
                new IssuerAndSubject(new X500Principal("CN=ca,O=Test"), new X500Principal("CN=Ünïcode,C=FR"));

        assertEquals(names, IssuerAndSubject.decode(names.encoded()));
        Definite.assertAllLengthsIn(names.encoded());
    }

    @Test
    void anEmptySubjectIsRead() throws ScepException {
        IssuerAndSubject names = new IssuerAndSubject(new X500Principal("CN=ca"), new X500Principal(""));

        assertEquals(names, IssuerAndSubject.decode(names.encoded()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"3000", "3002 3000", "0500", "3004 0201 00 05", "3004 3000 0500", "3006 3000 3002 0500"})
    void somethingElseIsRefused(String encoded) {
        byte[] bytes = HexFormat.of().parseHex(encoded.replace(" ", ""));

        Refused.by(Check.ENCODING, () -> IssuerAndSubject.decode(bytes));
    }
}
