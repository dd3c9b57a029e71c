package dev.certkit.scep;

import dev.certkit.key.CryptoProviders;
import dev.certkit.key.Passphrase;
import dev.certkit.scep.ScepException.Check;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.cms.PasswordRecipientInfo;
import org.bouncycastle.asn1.pkcs.PBKDF2Params;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;

/** A content key under a password: PBKDF2, then the double encryption of RFC 3211, section 2.3. */
final class PasswordKey {
    private static final int ITERATIONS = 10_000;
    /** Each ten thousand cost some milliseconds, and the peer chooses. */
    private static final int MAX_ITERATIONS = 1_000_000;

    private static final int SALT_BYTES = 16;
    /** The length, and the complement of the key's first three bytes. */
    private static final int HEADER_BYTES = 4;

    private static final ContentCipher CIPHER = ContentCipher.AES_128_CBC;
    private static final Map<ASN1ObjectIdentifier, String> FUNCTIONS = Map.of(
            PKCSObjectIdentifiers.id_hmacWithSHA1, "PBKDF2WithHmacSHA1",
            PKCSObjectIdentifiers.id_hmacWithSHA256, "PBKDF2WithHmacSHA256",
            PKCSObjectIdentifiers.id_hmacWithSHA384, "PBKDF2WithHmacSHA384",
            PKCSObjectIdentifiers.id_hmacWithSHA512, "PBKDF2WithHmacSHA512");

    private PasswordKey() {}

    static PasswordRecipientInfo wrap(byte[] contentKey, Passphrase password, CryptoProviders crypto) {
        PBKDF2Params derivation = new PBKDF2Params(
                random(SALT_BYTES, crypto),
                ITERATIONS,
                new AlgorithmIdentifier(PKCSObjectIdentifiers.id_hmacWithSHA256, DERNull.INSTANCE));
        byte[] iv = random(CIPHER.blockBytes(), crypto);
        try {
            SecretKeySpec key = derived(derivation, password, CIPHER);
            byte[] once = run(Cipher.ENCRYPT_MODE, key, iv, padded(contentKey, crypto));
            byte[] twice = run(Cipher.ENCRYPT_MODE, key, lastBlock(once, CIPHER), once);
            return new PasswordRecipientInfo(
                    new AlgorithmIdentifier(PKCSObjectIdentifiers.id_PBKDF2, derivation),
                    new AlgorithmIdentifier(
                            PKCSObjectIdentifiers.id_alg_PWRI_KEK,
                            new AlgorithmIdentifier(Asn1.oid(CIPHER.oid()), new DEROctetString(iv))),
                    new DEROctetString(twice));
        } catch (GeneralSecurityException | ScepException e) {
            throw new IllegalStateException("PBKDF2 or AES is missing from this Java runtime", e);
        }
    }

    private static byte[] padded(byte[] contentKey, CryptoProviders crypto) {
        int block = CIPHER.blockBytes();
        int blocks = Math.max(2, (HEADER_BYTES + contentKey.length + block - 1) / block);
        byte[] all = random(blocks * block, crypto);
        all[0] = (byte) contentKey.length;
        for (int i = 0; i < HEADER_BYTES - 1; i++) {
            all[i + 1] = (byte) ~contentKey[i];
        }
        System.arraycopy(contentKey, 0, all, HEADER_BYTES, contentKey.length);
        return all;
    }

    /**
     * Opens.
     *
     * @throws ScepException {@link Check#ALGORITHM}, {@link Check#SIZE}, {@link Check#DECRYPTION}
     */
    static byte[] unwrap(PasswordRecipientInfo info, Passphrase password, int keyBytes, CryptoProviders crypto)
            throws ScepException {
        ContentCipher cipher =
                AlgorithmFloor.standard().cipher(inner(info).getAlgorithm().getId());
        byte[] iv = ASN1OctetString.getInstance(inner(info).getParameters()).getOctets();
        byte[] twice = info.getEncryptedKey().getOctets();
        int block = cipher.blockBytes();
        if (twice.length % block != 0 || twice.length < 2 * block || twice.length > 8 * block) {
            throw wrong();
        }
        try {
            SecretKeySpec key = derived(derivation(info), password, cipher);
            byte[] before = Arrays.copyOfRange(twice, twice.length - 2 * block, twice.length - block);
            byte[] between = run(Cipher.DECRYPT_MODE, key, before, lastBlock(twice, cipher));
            byte[] once = run(Cipher.DECRYPT_MODE, key, between, twice);
            return contentKey(run(Cipher.DECRYPT_MODE, key, iv, once), keyBytes);
        } catch (GeneralSecurityException e) {
            throw wrong();
        }
    }

    private static AlgorithmIdentifier inner(PasswordRecipientInfo info) throws ScepException {
        AlgorithmIdentifier wrapping = info.getKeyEncryptionAlgorithm();
        if (!PKCSObjectIdentifiers.id_alg_PWRI_KEK.equals(wrapping.getAlgorithm())) {
            throw unread("wrapped with " + wrapping.getAlgorithm());
        }
        return AlgorithmIdentifier.getInstance(wrapping.getParameters());
    }

    private static PBKDF2Params derivation(PasswordRecipientInfo info) throws ScepException {
        AlgorithmIdentifier derivation = info.getKeyDerivationAlgorithm();
        if (derivation == null || !PKCSObjectIdentifiers.id_PBKDF2.equals(derivation.getAlgorithm())) {
            throw unread("not derived with PBKDF2");
        }
        return PBKDF2Params.getInstance(derivation.getParameters());
    }

    private static SecretKeySpec derived(PBKDF2Params derivation, Passphrase password, ContentCipher cipher)
            throws GeneralSecurityException, ScepException {
        String function = Optional.ofNullable(FUNCTIONS.get(derivation.getPrf().getAlgorithm()))
                .orElseThrow(() -> unread("derived with " + derivation.getPrf().getAlgorithm()));
        int iterations = derivation.getIterationCount().bitLength() > 31
                ? Integer.MAX_VALUE
                : derivation.getIterationCount().intValueExact();
        if (iterations < 1 || iterations > MAX_ITERATIONS) {
            throw ScepException.of(
                    Check.SIZE,
                    "The SCEP envelope's key is derived in other than 1 to " + MAX_ITERATIONS + " iterations");
        }
        PBEKeySpec spec =
                password.use(chars -> new PBEKeySpec(chars, derivation.getSalt(), iterations, 8 * cipher.keyBytes()));
        try {
            return new SecretKeySpec(
                    SecretKeyFactory.getInstance(function).generateSecret(spec).getEncoded(), cipher.jcaKey());
        } finally {
            spec.clearPassword();
        }
    }

    private static byte[] contentKey(byte[] padded, int keyBytes) throws ScepException {
        int bad = (padded[0] & 0xFF) ^ keyBytes;
        if (padded.length < HEADER_BYTES + keyBytes) {
            throw wrong();
        }
        for (int i = 1; i < HEADER_BYTES; i++) {
            bad |= (padded[i] & 0xFF) ^ (~padded[HEADER_BYTES - 1 + i] & 0xFF);
        }
        if (bad != 0) {
            throw wrong();
        }
        return Arrays.copyOfRange(padded, HEADER_BYTES, HEADER_BYTES + keyBytes);
    }

    private static byte[] run(int mode, SecretKeySpec key, byte[] iv, byte[] input) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(key.getAlgorithm() + "/CBC/NoPadding");
        cipher.init(mode, key, new IvParameterSpec(iv));
        return cipher.doFinal(input);
    }

    private static byte[] lastBlock(byte[] blocks, ContentCipher cipher) {
        return Arrays.copyOfRange(blocks, blocks.length - cipher.blockBytes(), blocks.length);
    }

    private static byte[] random(int bytes, CryptoProviders crypto) {
        byte[] random = new byte[bytes];
        crypto.random().nextBytes(random);
        return random;
    }

    private static ScepException unread(String how) {
        return ScepException.of(
                Check.ALGORITHM,
                "The key of the SCEP envelope is " + how + ", which is not read; use PBKDF2 and AES-128");
    }

    private static ScepException wrong() {
        return ScepException.of(
                Check.DECRYPTION,
                "The SCEP envelope cannot be opened with the challenge password; it was damaged, or encrypted to another");
    }
}
