package dev.certkit.key;

import dev.certkit.key.TokenException.Reason;
import java.io.IOException;
import java.security.AuthProvider;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Provider;
import java.security.ProviderException;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.security.auth.login.LoginException;
import org.jspecify.annotations.Nullable;

/** One login to one token. */
final class TokenSession {
    private static final Pattern CODE = Pattern.compile("CKR_[A-Z_0-9]+");
    private static final Set<String> PIN_CODES = Set.of(
            "CKR_PIN_INCORRECT",
            "CKR_PIN_INVALID",
            "CKR_PIN_LEN_RANGE",
            "CKR_PIN_EXPIRED",
            "CKR_PIN_LOCKED",
            "CKR_USER_PIN_NOT_INITIALIZED");

    private static final Set<String> LOST_CODES = Set.of(
            "CKR_DEVICE_REMOVED",
            "CKR_TOKEN_NOT_PRESENT",
            "CKR_TOKEN_NOT_RECOGNIZED",
            "CKR_SESSION_CLOSED",
            "CKR_SESSION_HANDLE_INVALID",
            "CKR_USER_NOT_LOGGED_IN");

    private final TokenAddress address;
    private final AuthProvider provider;
    private volatile boolean closed;

    private TokenSession(TokenAddress address, AuthProvider provider) {
        this.address = address;
        this.provider = provider;
    }

    TokenAddress address() {
        return address;
    }

    static TokenSession open(TokenAddress address, Passphrase pin) throws TokenException {
        TokenSession session = new TokenSession(address, address.provider());
        @Nullable Exception refusal = pin.use(session::login);
        if (refusal != null) {
            throw session.loginFailed(refusal);
        }
        return session;
    }

    private @Nullable Exception login(char[] pin) {
        try {
            KeyStore.getInstance("PKCS11", provider).load(null, pin);
            return null;
        } catch (IOException | GeneralSecurityException | ProviderException e) {
            return e;
        }
    }

    private TokenException loginFailed(Exception cause) {
        String code = code(cause);
        if (PIN_CODES.contains(code)) {
            return new TokenException(
                    Reason.PIN_REFUSED,
                    address + " refuses the PIN (" + code
                            + "); check it before another try, because a token locks itself after a few wrong ones",
                    cause);
        }
        return failed("the login to", Reason.FAILED, cause);
    }

    /** What the token has now; it may have changed through another program. */
    KeyStore keys() throws TokenException {
        checkOpen();
        try {
            KeyStore keys = KeyStore.getInstance("PKCS11", provider);
            keys.load(null, null);
            return keys;
        } catch (IOException | GeneralSecurityException | ProviderException e) {
            throw failed("reading", Reason.SESSION_LOST, e);
        }
    }

    void checkOpen() {
        if (closed) {
            throw new IllegalStateException("this token was closed; open it again");
        }
    }

    /** For keys, which know nothing of checked exceptions. */
    Provider provider() {
        if (closed) {
            throw new ProviderException(
                    "the session with " + address + " was closed; open the token again and take its key from there");
        }
        return provider;
    }

    ProviderException keyFailed(ProviderException cause) {
        return new ProviderException(
                address + " does not use its key (" + code(cause)
                        + "); if it was removed or another part of this process has logged out, open it again",
                cause);
    }

    TokenException failed(String what, Reason usual, Exception cause) {
        String code = code(cause);
        return new TokenException(
                LOST_CODES.contains(code) ? Reason.SESSION_LOST : usual,
                what + " " + address + " failed (" + code + "); " + remedy(usual),
                cause);
    }

    private static String remedy(Reason reason) {
        return reason == Reason.KEY_NOT_STORED
                ? "it may be full, write protected, or without this type of key"
                : "check that the token is there and open it again";
    }

    /** The code that the token gave (PKCS#11, 5.1), or the exception if it gave none; neither knows the PIN. */
    static String code(Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            Matcher code = CODE.matcher(String.valueOf(each.getMessage()));
            if (code.find()) {
                return code.group();
            }
        }
        return failure.toString();
    }

    void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            provider.logout();
        } catch (LoginException | ProviderException e) {
            // A token that is gone has forgotten the login.
        }
    }

    @Override
    public String toString() {
        return address.toString();
    }
}
