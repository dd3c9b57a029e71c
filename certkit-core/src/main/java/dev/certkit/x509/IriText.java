package dev.certkit.x509;

import java.net.URI;

/** Internationalised URIs (RFC 3987) as certificates have them (RFC 5280, 7.4). */
final class IriText {
    private IriText() {}

    static URI toAscii(URI iri) {
        if (HostName.isAscii(iri.toString())) {
            return iri;
        }
        String authority = iri.getRawAuthority();
        if (authority == null || HostName.isAscii(authority)) {
            return URI.create(iri.toASCIIString());
        }
        String written = iri.toString();
        int start = iri.getScheme().length() + "://".length();
        String rest = written.substring(start + authority.length());
        return URI.create(URI.create(written.substring(0, start) + withAsciiHost(authority) + rest)
                .toASCIIString());
    }

    private static String withAsciiHost(String authority) {
        int host = authority.lastIndexOf('@') + 1;
        int colon = authority.indexOf(':', host);
        int end = colon < 0 ? authority.length() : colon;
        return authority.substring(0, host)
                + HostName.toAscii(authority.substring(host, end))
                + authority.substring(end);
    }
}
