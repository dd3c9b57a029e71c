package dev.certkit.trust;

import dev.certkit.internal.der.NameForm;
import dev.certkit.x509.GeneralName;
import java.util.Locale;

/**
 * A name of a certificate as constraints compare it, taken apart once.
 *
 * @param kind the number of its tag (RFC 5280, 4.2.1.6)
 * @param name for people
 * @param value what is compared
 */
record ConstrainedName(int kind, GeneralName name, Value value) {
    static final int EMAIL = 1;
    static final int DNS = 2;
    static final int DIRECTORY = 4;
    static final int URI = 6;
    static final int IP = 7;

    private static final int NUMBER = 0x1F;

    /** What is compared. */
    sealed interface Value {}

    /** Of a dNSName or a URI, in lower case. */
    record Host(String host) implements Value {}

    record Mailbox(String local, String host) implements Value {}

    record Address(GeneralName.Ip ip) implements Value {}

    record Directory(NameForm form) implements Value {}

    /** Malformed, without a host, or of a kind without an order. */
    record Unreadable() implements Value {}

    static ConstrainedName of(GeneralName name) {
        return new ConstrainedName(name.encoded()[0] & NUMBER, name, value(name));
    }

    private static Value value(GeneralName name) {
        if (name instanceof GeneralName.Dns dns) {
            return new Host(dns.host());
        }
        if (name instanceof GeneralName.Email email) {
            return mailbox(email.address());
        }
        if (name instanceof GeneralName.DirectoryName directory) {
            return directory(NameForm.of(directory.name().encoded()));
        }
        if (name instanceof GeneralName.Ip ip) {
            return new Address(ip);
        }
        return name instanceof GeneralName.Uri uri && uri.uri().getHost() != null
                ? host(uri.uri().getHost())
                : new Unreadable();
    }

    static Value mailbox(String address) {
        int at = address.lastIndexOf('@');
        return at > 0 && host(address.substring(at + 1)) instanceof Host host
                ? new Mailbox(address.substring(0, at), host.host())
                : new Unreadable();
    }

    private static Value host(String text) {
        String host = text.toLowerCase(Locale.ROOT);
        return HostRules.isHost(host) ? new Host(host) : new Unreadable();
    }

    static Value directory(NameForm form) {
        return form.isReadable() ? new Directory(form) : new Unreadable();
    }
}
