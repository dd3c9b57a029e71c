package dev.certkit.http;

import java.net.URI;

/** Scheme, host and port of a URI (RFC 6454, section 4). */
record Origin(String scheme, String host, int port) {
    /** @throws IllegalArgumentException if it is no absolute URI of http or https */
    static Origin of(URI uri) {
        URI checked = TargetUri.checked(uri);
        String scheme = Ascii.lowerCase(checked.getScheme());
        int usual = scheme.equals("https") ? 443 : 80;
        return new Origin(
                scheme, Ascii.lowerCase(checked.getHost()), checked.getPort() < 0 ? usual : checked.getPort());
    }
}
