package dev.certkit.key;

import dev.certkit.key.TokenException.Reason;
import java.nio.file.Path;
import java.security.AuthProvider;
import java.security.Provider;
import java.security.Security;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where a token is: a library, and one of its slots by number or by place in its list. */
record TokenAddress(Path library, boolean byPlace, long slot) {
    private static final Pattern SPECIAL = Pattern.compile("[\\x00-\\x1f\"\\\\]");

    private static final Set<String> ABSENT_CODES =
            Set.of("CKR_SLOT_ID_INVALID", "CKR_TOKEN_NOT_PRESENT", "CKR_TOKEN_NOT_RECOGNIZED");

    /** Keys are made so that they cannot leave (PKCS#11, 4.9); the JDK's own default lets them. */
    private static final String KEYS = """
            destroyTokenAfterLogout = true
            attributes(generate, CKO_PRIVATE_KEY, *) = {
              CKA_PRIVATE = true
              CKA_SENSITIVE = true
              CKA_EXTRACTABLE = false
              CKA_SIGN = true
            }
            attributes(generate, CKO_PRIVATE_KEY, CKK_RSA) = {
              CKA_DECRYPT = true
            }
            """;

    /** A provider for this token alone, registered nowhere. */
    AuthProvider provider() throws TokenException {
        Provider template = Security.getProvider("SunPKCS11");
        if (template == null) {
            throw new TokenException(
                    Reason.LIBRARY_UNUSABLE,
                    "this Java has no provider SunPKCS11; add the module jdk.crypto.cryptoki to it",
                    null);
        }
        try {
            Provider configured = template.configure(configuration());
            if (configured instanceof AuthProvider provider && configured.getService("KeyStore", "PKCS11") != null) {
                return provider;
            }
        } catch (RuntimeException e) {
            // Not only ProviderException: a path with ${...} gives the class itself.
            throw refused(e);
        }
        throw absent("no token in it", null);
    }

    private String configuration() {
        return "--name = certkit\nlibrary = \"" + quoted(library.toString()) + "\"\n"
                + (byPlace ? "slotListIndex = " : "slot = ") + slot + "\n" + KEYS;
    }

    /** In octal, because the reader takes a backslash before an n for a new line even where it is quoted itself. */
    private static String quoted(String path) {
        return SPECIAL.matcher(path)
                .replaceAll(found -> String.format(
                        Locale.ROOT, "\\\\%03o", (int) found.group().charAt(0)));
    }

    private TokenException refused(RuntimeException cause) {
        String code = TokenSession.code(cause);
        String all = messages(cause);
        if (ABSENT_CODES.contains(code) || all.contains("slotListIndex")) {
            return absent(all, cause);
        }
        return new TokenException(
                Reason.LIBRARY_UNUSABLE,
                "the PKCS#11 library " + library + " cannot be used: " + all
                        + "; name the one that came with the token, for this kind of machine, and check its configuration",
                cause);
    }

    private TokenException absent(String why, @Nullable RuntimeException cause) {
        return new TokenException(
                Reason.TOKEN_ABSENT,
                "there is no usable token in " + this + " (" + why
                        + "); initialise one, or list the slots with the token's own tool and name another",
                cause);
    }

    private static String messages(Throwable failure) {
        StringBuilder all = new StringBuilder();
        for (Throwable each = failure; each != null; each = each.getCause()) {
            all.append(all.isEmpty() ? "" : ": ").append(each.getMessage());
        }
        return all.toString();
    }

    @Override
    public String toString() {
        return (byPlace ? "the token at place " : "the token in slot ") + slot + " of " + library;
    }
}
