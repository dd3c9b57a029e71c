package dev.certkit.samples;

import dev.certkit.x509.AttributeType;
import dev.certkit.x509.DistinguishedName;
import dev.certkit.x509.GeneralName;
import java.net.URI;
import java.util.HexFormat;

/** Names of every kind, for whoever has to understand them. */
public final class SampleNames {
    private SampleNames() {}

    /** A subject with two attributes in one level, of several string types. */
    public static DistinguishedName subject() {
        return DistinguishedName.cn("printer-7.example.fr")
                .plus(AttributeType.SERIAL_NUMBER, "SN-42")
                .with(AttributeType.TITLE, "Dr.")
                .ou("Étage 2")
                .o("Acme, Inc.")
                .l("Lyon")
                .st("Rhône")
                .c("FR")
                .with(AttributeType.DC, "example")
                .with(AttributeType.DC, "fr");
    }

    /** All nine kinds of RFC 5280, section 4.2.1.6, but for the two that nobody uses. */
    public static GeneralName[] everyUsualKind() {
        return new GeneralName[] {
            GeneralName.of("z.example.fr"),
            GeneralName.of("*.straße.de"),
            GeneralName.of("192.0.2.7"),
            GeneralName.of("2001:db8::7"),
            GeneralName.of("::ffff:192.0.2.1"),
            GeneralName.email("ops@société.fr"),
            GeneralName.uri(URI.create("https://bücher.example/é?q=1")),
            GeneralName.directory(
                    DistinguishedName.cn("d").plus(AttributeType.UID, "u").o("Größe")),
            GeneralName.registeredId("1.3.6.1.4.1.99999.7"),
            GeneralName.userPrincipalName("marie@example.fr"),
            GeneralName.smtpUtf8Mailbox("médecin@société.fr"),
            GeneralName.of("a.example.fr")
        };
    }

    /** An x400Address and an ediPartyName. */
    public static GeneralName[] unusualKinds() {
        return new GeneralName[] {
            GeneralName.OtherName.verbatim(HexFormat.of().parseHex("a30e300c61041302465262041302414d")),
            GeneralName.OtherName.verbatim(HexFormat.of().parseHex("a50ba0030c0141a1040c024242"))
        };
    }
}
