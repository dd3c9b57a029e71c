package dev.certkit.scep;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * The query of a request to a responder (RFC 8894, section 4.1): the operation and, in a GET, the message.
 *
 * @param operation empty if the query names none
 * @param message as it came; of GetCACert the authority's name, which is ignored
 */
record ResponderQuery(Optional<String> operation, Optional<String> message) {
    /** Base64 of the largest body, with room for escapes. */
    static final int MAX_LENGTH = 2 * ScepRequest.MAX_BODY;

    static ResponderQuery parse(String rawQuery) {
        return new ResponderQuery(value(rawQuery, "operation="), value(rawQuery, "message="));
    }

    private static Optional<String> value(String rawQuery, String prefix) {
        for (String parameter : rawQuery.split("&", 16)) {
            if (parameter.startsWith(prefix)) {
                return Optional.of(parameter.substring(prefix.length()));
            }
        }
        return Optional.empty();
    }

    /**
     * The message of a GET; empty if it is no base64.
     *
     * <p>Devices send base64url, line feeds, no padding, or a plus sign that is not escaped and comes as a blank.
     */
    Optional<byte[]> messageBytes() {
        try {
            String base64 = URLDecoder.decode(message.orElse(""), StandardCharsets.ISO_8859_1)
                    .replace(' ', '+')
                    .replace('-', '+')
                    .replace('_', '/')
                    .replaceAll("[\r\n\t]", "")
                    .replaceFirst("={1,2}$", "");
            return Optional.of(Base64.getDecoder().decode(base64));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
