package dev.certkit.key;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Names a private key and its token, as a {@code pkcs11} URI (RFC 7512) without a PIN.
 *
 * <p>For example {@code pkcs11:object=web;type=private;slot-id=455506201?module-path=/usr/lib/softhsm/libsofthsm2.so}. Java does not tell a token's own label,
 * so slot and library say which token it was when the reference was made. Immutable.
 */
public final class TokenReference {
    private static final String SCHEME = "pkcs11:";
    private static final String OBJECT = "object";
    private static final String PLACE = "certkit-slot-place";
    private static final Set<String> SECRET = Set.of("pin-value", "pin-source");
    private static final int LONGEST = 4096;

    /** Beside letters and digits, what needs no escape in a path and in a query (RFC 7512, 2.3). */
    private static final String PLAIN = "-._~:[]@!$'()*+,=/";

    private final String label;
    private final String uri;

    private TokenReference(String label, String uri) {
        this.label = label;
        this.uri = uri;
    }

    /**
     * The reference to a key that lives in a token.
     *
     * @param key of {@link Pkcs11Token#generate} or {@link Pkcs11Token#keyPair}; not null
     * @return empty if it is any other key
     */
    public static Optional<TokenReference> to(PrivateKey key) {
        if (!(key instanceof TokenKey inToken)) {
            return Optional.empty();
        }
        TokenAddress address = inToken.address();
        String uri = SCHEME + OBJECT + "=" + escaped(inToken.label()) + ";type=private;"
                + (address.byPlace() ? PLACE : "slot-id") + "=" + address.slot() + "?module-path="
                + escaped(address.library().toString());
        return Optional.of(new TokenReference(inToken.label(), uri));
    }

    /**
     * Reads a reference to a private key.
     *
     * @param uri 1 to 4096 characters, with the attribute {@code object}; not null
     * @throws IllegalArgumentException if it is no such URI, or has a PIN in it
     */
    public static TokenReference parse(String uri) {
        if (!isOne(uri) || uri.length() > LONGEST) {
            throw new IllegalArgumentException("uri: no pkcs11 URI of at most " + LONGEST + " characters");
        }
        int question = uri.indexOf('?');
        String path = question < 0 ? uri.substring(SCHEME.length()) : uri.substring(SCHEME.length(), question);
        Map<String, String> attributes = new LinkedHashMap<>();
        add(attributes, path.split(";", -1));
        if (question >= 0) {
            add(attributes, uri.substring(question + 1).split("&", -1));
        }
        String label = attributes.get(OBJECT);
        if (label == null || label.isEmpty()) {
            throw new IllegalArgumentException("uri: no attribute object, which is the key's label");
        }
        if (!attributes.getOrDefault("type", "private").equals("private")) {
            throw new IllegalArgumentException("uri: its type is not private, so it is of no private key");
        }
        return new TokenReference(label, uri);
    }

    /**
     * Tells whether a text begins as a reference does.
     *
     * @param text not null
     */
    public static boolean isOne(String text) {
        return text.startsWith(SCHEME);
    }

    private static void add(Map<String, String> attributes, String[] parts) {
        for (String part : parts) {
            int equals = part.indexOf('=');
            String name = equals < 1 ? "" : part.substring(0, equals);
            if (name.isEmpty() || !part.chars().allMatch(TokenReference::isAllowed)) {
                throw new IllegalArgumentException("uri: an attribute is not name=value with other characters escaped");
            }
            if (SECRET.contains(name)) {
                throw new IllegalArgumentException("uri: it tells a PIN, which no reference may; remove " + name);
            }
            if (attributes.put(name, unescaped(part.substring(equals + 1))) != null) {
                throw new IllegalArgumentException("uri: an attribute stands in it twice");
            }
        }
    }

    private static boolean isAllowed(int c) {
        return c == '%' || isPlain(c);
    }

    private static boolean isPlain(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || PLAIN.indexOf(c) >= 0;
    }

    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            int c = octet & 0xFF;
            escaped.append(isPlain(c) ? String.valueOf((char) c) : "%" + hex(c >> 4) + hex(c & 15));
        }
        return escaped.toString();
    }

    private static char hex(int digit) {
        return "0123456789ABCDEF".charAt(digit);
    }

    private static String unescaped(String text) {
        ByteBuffer octets = ByteBuffer.allocate(text.length());
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c != '%') {
                octets.put((byte) c);
                continue;
            }
            int high = at + 2 < text.length() ? Character.digit(text.charAt(at + 1), 16) : -1;
            int low = high < 0 ? -1 : Character.digit(text.charAt(at + 2), 16);
            if (low < 0) {
                throw new IllegalArgumentException("uri: a percent sign without two hexadecimal digits");
            }
            octets.put((byte) (high << 4 | low));
            at += 2;
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(octets.flip()).toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("uri: an escaped value is not UTF-8", e);
        }
    }

    /** The key's label in its token. */
    public String label() {
        return label;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TokenReference that && uri.equals(that.uri);
    }

    @Override
    public int hashCode() {
        return uri.hashCode();
    }

    /** The URI. */
    @Override
    public String toString() {
        return uri;
    }
}
