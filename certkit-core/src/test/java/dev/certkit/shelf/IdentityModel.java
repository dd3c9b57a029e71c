package dev.certkit.shelf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.certkit.format.Certificates;
import dev.certkit.format.Pasted;
import dev.certkit.format.PrivateKeys;
import dev.certkit.identity.CertificateChain;
import dev.certkit.identity.CertificationRequest;
import dev.certkit.identity.CertifiedKey;
import dev.certkit.identity.KeyMismatchException;
import dev.certkit.identity.PendingKey;
import dev.certkit.key.KeyType;
import java.io.IOException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.function.Executable;

/**
 * What an identity is, in three variables, beside the real one: after each step both are compared.
 *
 * <p>Rules here are written down once more, by hand, so that the table of the shelf is not its own judge.
 */
final class IdentityModel {
    /** What somebody may try, at any time. */
    enum Try {
        REQUEST,
        REQUEST_AGAIN,
        REQUEST_AGAIN_WITH_NEW_KEY,
        SELF_SIGN,
        RENEW,
        RENEW_WITH_NEW_KEY,
        AWAIT,
        INSTALL_ANSWER,
        PASTE_ANSWER,
        INSTALL_FOR_KEY_IN_USE,
        INSTALL_STRANGER,
        IMPORT,
        IMPORT_PENDING_KEY,
        UNINSTALL,
        WITHDRAW,
        DELETE
    }

    private static final KeyType EC = KeyType.EC_P256;

    private final IdentityLab lab = new IdentityLab();

    private @Nullable CertificateChain inUse;
    private boolean caSigned;
    private @Nullable CertificationRequest pending;

    /** Each step by a shelf that is opened anew, as after a restart. */
    private Identities shelf() {
        return Identities.in(lab.storage).unencrypted();
    }

    void attempt(Try step) throws IOException {
        switch (step) {
            case REQUEST -> request(() -> shelf().request("web", IdentityLab.WISHES, EC));
            case REQUEST_AGAIN -> requestAgain();
            case REQUEST_AGAIN_WITH_NEW_KEY -> requestAgainWithNewKey();
            case SELF_SIGN -> selfSign();
            case RENEW -> renew(true, () -> shelf().renew("web"));
            case RENEW_WITH_NEW_KEY -> renew(false, () -> shelf().renew("web", EC));
            case AWAIT -> await();
            case INSTALL_ANSWER -> answer(false);
            case PASTE_ANSWER -> answer(true);
            case INSTALL_FOR_KEY_IN_USE -> answerForKeyInUse();
            case INSTALL_STRANGER -> stranger();
            case IMPORT -> imported(IdentityLab.certified());
            case IMPORT_PENDING_KEY -> importedForPending();
            case UNINSTALL -> uninstall();
            case WITHDRAW -> withdraw();
            case DELETE -> delete();
        }
        compare();
    }

    private interface Making<T> {
        T make() throws IOException;
    }

    private void request(Making<PendingKey> making) throws IOException {
        if (pending != null) {
            refused(making::make);
            return;
        }
        pending = making.make().request();
    }

    private void requestAgain() throws IOException {
        if (inUse != null && pending != null && holds(inUse, pending.publicKey())) {
            assertEquals(pending, shelf().request("web").request());
        } else if (inUse == null) {
            refused(() -> shelf().request("web"));
        } else {
            request(() -> shelf().request("web"));
        }
    }

    private void requestAgainWithNewKey() throws IOException {
        if (inUse == null) {
            refused(() -> shelf().request("web", EC));
        } else {
            request(() -> shelf().request("web", EC));
        }
    }

    private void selfSign() throws IOException {
        if (inUse != null) {
            refused(() -> shelf().selfSigned("web", IdentityLab.OWN, EC));
            return;
        }
        inUse = shelf().selfSigned("web", IdentityLab.OWN, EC).chain();
        caSigned = false;
    }

    private void renew(boolean sameKey, Making<CertifiedKey> making) throws IOException {
        if (inUse == null || caSigned) {
            refused(making::make);
            return;
        }
        CertificateChain renewed = making.make().chain();
        assertEquals(sameKey, holds(renewed, inUse.leaf().getPublicKey()));
        inUse = renewed;
    }

    private void await() throws IOException {
        if (pending == null) {
            refused(() -> shelf().awaiting("web", "A1"));
            return;
        }
        shelf().awaiting("web", "A1");
        assertEquals(Optional.of("A1"), shelf().transactionId("web"));
    }

    private void answer(boolean pasted) throws IOException {
        if (pending == null) {
            return;
        }
        CertificateChain chain = IdentityLab.certify(pending);
        inUse = pasted
                ? shelf().install("web", Pasted.parse("noise\n" + Certificates.toPem(chain.certificates())))
                        .key()
                        .chain()
                : shelf().install("web", chain).chain();
        caSigned = true;
        pending = null;
    }

    private void answerForKeyInUse() throws IOException {
        if (inUse == null) {
            return;
        }
        CertifiedKey current = shelf().find("web").orElseThrow();
        PublicKey key = inUse.leaf().getPublicKey();
        CertificateChain chain = IdentityLab.certify(IdentityLab.WISHES
                .signedBy(new KeyPair(key, current.privateKey()))
                .request());
        inUse = shelf().install("web", chain).chain();
        caSigned = true;
        if (pending != null && holds(chain, pending.publicKey())) {
            pending = null;
        }
    }

    private void stranger() throws IOException {
        CertificateChain chain = IdentityLab.certified().chain();
        String before = lab.stored("web");
        Class<? extends Exception> refusal =
                pending == null && inUse == null ? IllegalStepException.class : KeyMismatchException.class;
        assertThrows(refusal, () -> shelf().install("web", chain));
        assertEquals(before, lab.stored("web"));
    }

    private void imported(CertifiedKey key) throws IOException {
        String before = lab.stored("web");
        Pasted pasted = Pasted.parse(
                PrivateKeys.toUnencryptedPem(key.privateKey()) + key.chain().toPem());
        ImportResult result = shelf().importing(pasted).as("web");
        if (inUse != null) {
            assertInstanceOf(ImportResult.Refused.class, result);
            assertEquals(before, lab.stored("web"));
            return;
        }
        assertInstanceOf(ImportResult.Installed.class, result);
        inUse = key.chain();
        caSigned = true;
        if (pending != null && holds(key.chain(), pending.publicKey())) {
            pending = null;
        }
    }

    private void importedForPending() throws IOException {
        if (pending != null) {
            PrivateKey key = shelf().pending("web").orElseThrow().privateKey();
            imported(CertifiedKey.of(key, IdentityLab.certify(pending)));
        }
    }

    private void uninstall() throws IOException {
        boolean another = inUse != null && pending != null && !holds(inUse, pending.publicKey());
        if (inUse == null || another) {
            refused(() -> shelf().uninstall("web"));
            return;
        }
        PublicKey key = inUse.leaf().getPublicKey();
        shelf().uninstall("web");
        CertificationRequest kept = shelf().certificationRequest("web").orElseThrow();
        assertEquals(key, kept.publicKey());
        pending = kept;
        inUse = null;
        caSigned = false;
    }

    private void withdraw() throws IOException {
        if (pending == null) {
            refused(() -> shelf().withdraw("web"));
            return;
        }
        shelf().withdraw("web");
        pending = null;
    }

    private void delete() throws IOException {
        shelf().delete("web");
        inUse = null;
        caSigned = false;
        pending = null;
    }

    private static boolean holds(CertificateChain chain, PublicKey key) {
        return chain.leaf().getPublicKey().equals(key);
    }

    /** A step that is not allowed changes not an octet. */
    private void refused(Executable step) throws IOException {
        String before = lab.stored("web");
        assertThrows(IllegalStateException.class, step);
        assertEquals(before, lab.stored("web"));
    }

    /** The state is what the model says, and no key that somebody may have certified is lost. */
    private void compare() throws IOException {
        Identities shelf = shelf();
        assertEquals(state(), shelf.summary("web").state());
        assertEquals(inUse != null && pending != null, shelf.summary("web").renewalPending());
        assertEquals(Optional.ofNullable(inUse), shelf.find("web").map(CertifiedKey::chain));
        assertEquals(Optional.ofNullable(pending), shelf.pending("web").map(PendingKey::request));
        assertEquals(inUse == null && pending == null, lab.stored("web").isEmpty());
    }

    private IdentityState state() {
        if (inUse == null) {
            return pending == null ? IdentityState.NOT_CONFIGURED : IdentityState.NOT_SIGNED;
        }
        return caSigned ? IdentityState.CA_SIGNED : IdentityState.SELF_SIGNED;
    }

    @Override
    public String toString() {
        return state() + (Objects.isNull(pending) ? "" : ", pending");
    }
}
