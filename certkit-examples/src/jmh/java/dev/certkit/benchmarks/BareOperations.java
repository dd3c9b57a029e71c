package dev.certkit.benchmarks;

import dev.certkit.identity.CertifiedKey;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.Signature;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The cryptography in a message and its answer, and nothing else: two digests, two signatures made or checked, one key
 * block and one content in each direction, and the issued certificate's signature.
 */
final class BareOperations {
    private static final byte[] ATTRIBUTES = new byte[250];

    private final CertifiedKey device;
    private final CertifiedKey authority;
    private final byte[] request;
    private final byte[] signature;
    private final byte[] keyBlock;
    private final byte[] content;

    BareOperations(CertifiedKey device, CertifiedKey authority, byte[] request) throws GeneralSecurityException {
        this.device = device;
        this.authority = authority;
        this.request = request.clone();
        this.signature = signed(authority);
        this.keyBlock = keyBlockTo(device);
        this.content = run(Cipher.ENCRYPT_MODE, new byte[1000]);
    }

    Object buildAndOpen() throws GeneralSecurityException {
        byte[] built = run(Cipher.ENCRYPT_MODE, request);
        byte[] block = keyBlockTo(authority);
        MessageDigest.getInstance("SHA-256").digest(built);
        byte[] ours = signed(device);
        Signature verifier = Signature.getInstance("SHA256withRSA");
        verifier.initVerify(authority.chain().leaf().getPublicKey());
        verifier.update(ATTRIBUTES);
        boolean good = verifier.verify(signature);
        MessageDigest.getInstance("SHA-256").digest(content);
        Cipher rsa = Cipher.getInstance("RSA/ECB/NoPadding");
        rsa.init(Cipher.DECRYPT_MODE, device.privateKey());
        byte[] key = rsa.doFinal(keyBlock);
        byte[] opened = run(Cipher.DECRYPT_MODE, content);
        device.chain().leaf().verify(authority.chain().leaf().getPublicKey());
        return new Object[] {block, ours, good, key, opened};
    }

    private static byte[] signed(CertifiedKey by) throws GeneralSecurityException {
        Signature signer = Signature.getInstance("SHA256withRSA");
        signer.initSign(by.privateKey());
        signer.update(ATTRIBUTES);
        return signer.sign();
    }

    private static byte[] keyBlockTo(CertifiedKey recipient) throws GeneralSecurityException {
        Cipher rsa = Cipher.getInstance("RSA/ECB/PKCS1Padding");
        rsa.init(Cipher.ENCRYPT_MODE, recipient.chain().leaf().getPublicKey());
        return rsa.doFinal(new byte[16]);
    }

    private static byte[] run(int mode, byte[] input) throws GeneralSecurityException {
        Cipher aes = Cipher.getInstance("AES/CBC/PKCS5Padding");
        aes.init(mode, new SecretKeySpec(new byte[16], "AES"), new IvParameterSpec(new byte[16]));
        return aes.doFinal(input);
    }
}
