package dev.certkit.key;

import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.ProviderException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECParameterSpec;
import javax.crypto.Cipher;
import org.jspecify.annotations.Nullable;

/** A private key that stays in its token, and that knows the only provider which can use it. */
class TokenKey implements PrivateKey {
    private static final long serialVersionUID = 1L;

    private final transient TokenSession session;
    private final transient Labelled handle;

    private TokenKey(TokenSession session, Labelled handle) {
        this.session = session;
        this.handle = handle;
    }

    /** The token's own key object, and what it is called there. */
    record Labelled(String label, PrivateKey key) {}

    static TokenKey of(TokenSession session, Labelled handle, PublicKey publicKey) {
        if (publicKey instanceof RSAPublicKey rsa) {
            return new Rsa(session, handle, rsa.getModulus());
        }
        if (publicKey instanceof ECPublicKey ec) {
            return new Ec(session, handle, ec.getParams());
        }
        throw new IllegalArgumentException("publicKey: " + publicKey.getAlgorithm() + " is neither RSA nor EC");
    }

    /** Ready to sign. */
    Signature signer(String algorithm, @Nullable AlgorithmParameterSpec parameters)
            throws InvalidKeyException, NoSuchAlgorithmException {
        Signature signature = Signature.getInstance(algorithm, session.provider());
        try {
            if (parameters != null) {
                signature.setParameter(parameters);
            }
            signature.initSign(handle.key);
            return signature;
        } catch (InvalidAlgorithmParameterException e) {
            throw new InvalidKeyException("the token does not sign with " + algorithm + " and these parameters", e);
        } catch (ProviderException e) {
            throw session.keyFailed(e);
        }
    }

    Cipher decryption(String transformation, @Nullable AlgorithmParameterSpec parameters)
            throws GeneralSecurityException {
        Provider provider = session.provider();
        if (provider.getService("Cipher", transformation) == null) {
            throw new NoSuchAlgorithmException("the token, or Java's way to it, does not do " + transformation
                    + "; have the content encrypted with RSA PKCS#1 v1.5, or use a key outside of a token");
        }
        try {
            Cipher cipher = Cipher.getInstance(transformation, provider);
            cipher.init(Cipher.DECRYPT_MODE, handle.key, parameters);
            return cipher;
        } catch (ProviderException e) {
            throw session.keyFailed(e);
        }
    }

    String label() {
        return handle.label;
    }

    TokenAddress address() {
        return session.address();
    }

    @Override
    public String getAlgorithm() {
        return handle.key.getAlgorithm();
    }

    @Override
    public @Nullable String getFormat() {
        return null;
    }

    @Override
    public byte @Nullable [] getEncoded() {
        return null;
    }

    private void writeObject(ObjectOutputStream out) throws NotSerializableException {
        throw new NotSerializableException("a key does not leave its token");
    }

    @Override
    public String toString() {
        return getAlgorithm() + " private key in " + session;
    }

    /** The JDK's TLS asks an RSA key for its length. */
    private static final class Rsa extends TokenKey implements RSAKey {
        private static final long serialVersionUID = 1L;
        private final transient BigInteger modulus;

        Rsa(TokenSession session, Labelled handle, BigInteger modulus) {
            super(session, handle);
            this.modulus = modulus;
        }

        @Override
        public BigInteger getModulus() {
            return modulus;
        }
    }

    private static final class Ec extends TokenKey implements ECKey {
        private static final long serialVersionUID = 1L;
        private final transient ECParameterSpec curve;

        Ec(TokenSession session, Labelled handle, ECParameterSpec curve) {
            super(session, handle);
            this.curve = curve;
        }

        @Override
        public ECParameterSpec getParams() {
            return curve;
        }
    }
}
