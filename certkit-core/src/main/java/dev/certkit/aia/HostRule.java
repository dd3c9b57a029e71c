package dev.certkit.aia;

import java.net.URI;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One host that may be called, or all below a domain, on one port or on the two usual ones. */
record HostRule(String host, int port) {
    private static final Pattern FORM =
            Pattern.compile("((?:\\*\\.)?[A-Za-z0-9_-]+(?:\\.[A-Za-z0-9_-]+)*|\\[[0-9A-Fa-f:.]+])(?::(\\d{1,5}))?");
    private static final int USUAL = -1;

    static HostRule parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException("hosts: write each as ca.example.com, *.example.com or"
                    + " ca.example.com:8080, without scheme and path");
        }
        int port = form.group(2) == null ? USUAL : Integer.parseInt(form.group(2));
        if (port == 0 || port > 0xFFFF) {
            throw new IllegalArgumentException("hosts: a port is 1 to 65535, not " + port);
        }
        return new HostRule(form.group(1).toLowerCase(Locale.ROOT), port);
    }

    boolean allows(URI uri) {
        String called = uri.getHost().toLowerCase(Locale.ROOT);
        boolean same = host.startsWith("*.") ? called.endsWith(host.substring(1)) : called.equals(host);
        return same && (port == USUAL ? isUsualPort(uri) : port == uri.getPort());
    }

    /** That of its scheme, written or not. */
    static boolean isUsualPort(URI uri) {
        return uri.getPort() < 0 || uri.getPort() == ("https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80);
    }
}
