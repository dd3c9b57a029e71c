package dev.certkit.http;

import dev.certkit.internal.text.ForeignText;
import java.net.URI;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a URI must be to be called, and how it is shown. */
final class TargetUri {
    private TargetUri() {}

    static URI checked(URI uri) {
        Objects.requireNonNull(uri, "uri");
        String scheme = uri.getScheme() == null ? "" : Ascii.lowerCase(uri.getScheme());
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw new IllegalArgumentException("uri: the scheme must be http or https, it is \"" + scheme + "\"");
        }
        // java.net.URI has no user information where it has no host, so the authority itself is looked at first.
        if (uri.getRawAuthority() != null && uri.getRawAuthority().indexOf('@') >= 0) {
            throw new IllegalArgumentException(
                    "uri: carries user information before its host, which would show in logs; leave it out");
        }
        if (uri.getHost() == null || uri.getPort() == 0 || uri.getPort() > 0xFFFF) {
            throw new IllegalArgumentException("uri: has no host name and port that can be called, but \""
                    + ForeignText.shownInAscii(String.valueOf(uri.getRawAuthority())) + "\"");
        }
        return uri.getRawFragment() == null ? uri : parts(uri, uri.getRawQuery());
    }

    static URI with(URI uri, String parameter) {
        String query = uri.getRawQuery();
        return parts(uri, query == null || query.isEmpty() ? parameter : query + "&" + parameter);
    }

    /** Without the query, which may hold a token or a whole SCEP message. */
    static String shown(URI uri) {
        String text = parts(uri, null).toASCIIString();
        return ForeignText.shownInAscii(uri.getRawQuery() == null ? text : text + "?...");
    }

    /** Path and query as a request line has them: an empty path is a slash (RFC 9112, section 3.2.1). */
    static String originForm(URI uri) {
        return originForm(uri, uri.getRawQuery());
    }

    private static String originForm(URI uri, @Nullable String query) {
        return (uri.getRawPath().isEmpty() ? "/" : uri.getRawPath()) + (query == null ? "" : "?" + query);
    }

    private static URI parts(URI uri, @Nullable String query) {
        return URI.create(uri.getScheme() + "://" + uri.getRawAuthority() + originForm(uri, query));
    }
}
