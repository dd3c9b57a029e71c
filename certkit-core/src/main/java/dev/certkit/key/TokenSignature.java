package dev.certkit.key;

import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.SignatureSpi;
import java.security.spec.AlgorithmParameterSpec;
import org.jspecify.annotations.Nullable;

/** Hands each call on to the signature of the key's own token. */
final class TokenSignature extends SignatureSpi {
    private final String algorithm;
    private @Nullable AlgorithmParameterSpec parameters;
    private @Nullable Signature inToken;

    TokenSignature(String algorithm) {
        this.algorithm = algorithm;
    }

    @Override
    protected void engineSetParameter(AlgorithmParameterSpec wanted) {
        parameters = wanted;
    }

    @Override
    protected void engineInitSign(PrivateKey key) throws InvalidKeyException {
        if (!(key instanceof TokenKey token)) {
            throw new InvalidKeyException("only keys of a Pkcs11Token sign here");
        }
        try {
            inToken = token.signer(algorithm, parameters);
        } catch (NoSuchAlgorithmException e) {
            throw new InvalidKeyException("the token does not sign with " + algorithm, e);
        }
    }

    private Signature inToken() throws SignatureException {
        Signature signature = inToken;
        if (signature == null) {
            throw new SignatureException("call initSign first");
        }
        return signature;
    }

    @Override
    protected void engineUpdate(byte octet) throws SignatureException {
        inToken().update(octet);
    }

    @Override
    protected void engineUpdate(byte[] octets, int offset, int length) throws SignatureException {
        inToken().update(octets, offset, length);
    }

    @Override
    protected byte[] engineSign() throws SignatureException {
        return inToken().sign();
    }

    @Override
    protected void engineInitVerify(PublicKey key) throws InvalidKeyException {
        throw new InvalidKeyException("this provider only signs");
    }

    @Override
    protected boolean engineVerify(byte[] signature) throws SignatureException {
        throw new SignatureException("this provider only signs");
    }

    @Override
    @Deprecated
    protected void engineSetParameter(String name, Object value) {
        throw new UnsupportedOperationException();
    }

    @Override
    @Deprecated
    protected Object engineGetParameter(String name) {
        throw new UnsupportedOperationException();
    }
}
