package dev.certkit.scep;

/** Removes the padding of RSAES-PKCS1-v1_5 (RFC 8017, section 7.2.2) without telling whether it was good. */
final class Pkcs1Padding {
    private static final int OVERHEAD = 11;

    private Pkcs1Padding() {}

    /**
     * Takes the message out of a block, in time that depends on the lengths only.
     *
     * @param block as long as the modulus
     * @param fallback what to return if the padding is bad; its length is the one that the message must have
     * @throws IllegalArgumentException if no message of that length fits into the block, which is no secret
     */
    static byte[] remove(byte[] block, byte[] fallback) {
        int separator = block.length - fallback.length - 1;
        if (separator < OVERHEAD - 1) {
            throw new IllegalArgumentException("block: " + block.length + " bytes hold no key of " + fallback.length);
        }
        int bad = (block[0] & 0xFF) | ((block[1] & 0xFF) ^ 2) | (block[separator] & 0xFF);
        for (int i = 2; i < separator; i++) {
            bad |= oneIfZero(block[i] & 0xFF);
        }
        int keep = oneIfZero(bad) * 0xFF;
        byte[] message = new byte[fallback.length];
        for (int i = 0; i < message.length; i++) {
            message[i] = (byte) ((block[separator + 1 + i] & keep) | (fallback[i] & ~keep));
        }
        return message;
    }

    private static int oneIfZero(int octet) {
        return (octet - 1) >>> 31;
    }
}
