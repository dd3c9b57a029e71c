package dev.certkit.format;

import dev.certkit.key.Passphrase;
import java.security.PrivateKey;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the blocks of a text and the form of a file, and hands each on to the sorting of its content. */
final class PasteReader {
    private static final int DER_SEQUENCE = 0x30;
    private static final int SHORTEST_KEY = 48;

    private final Decoding decoding;
    private final @Nullable Passphrase passphrase;
    private final Findings findings;
    private final DerSorter sorter;
    private boolean unwrapped;

    PasteReader(Decoding decoding, @Nullable Passphrase passphrase) {
        this.decoding = decoding;
        this.passphrase = passphrase;
        this.findings = new Findings(decoding.limits());
        this.sorter = new DerSorter(decoding, passphrase, findings);
    }

    Pasted found() throws MalformedEncodingException {
        return findings.found();
    }

    void bytes(byte[] bytes) throws MalformedEncodingException {
        if (bytes.length == 0) {
            throw decoding.malformed("it is empty; give PEM text, DER, PKCS#7, PKCS#12 or JKS");
        }
        if (JavaKeyStore.isOne(bytes)) {
            new JavaKeyStore(decoding.at("JKS key store"), passphrase, findings).read(bytes);
        } else if (bytes[0] == DER_SEQUENCE && isBinary(bytes)) {
            sorter.values(bytes, decoding.what());
        } else {
            Optional<String> text = PasteText.of(bytes);
            if (text.isPresent()) {
                text(text.get());
            } else {
                findings.stray(decoding.what(), PasteText.guess(bytes));
            }
        }
    }

    /** No text begins with a digit and has control characters. */
    private static boolean isBinary(byte[] bytes) {
        if (bytes.length > 1 && bytes[1] < 0) {
            return true;
        }
        for (int i = 0; i < Math.min(bytes.length, 64); i++) {
            if (bytes[i] > 0 && bytes[i] < '\t') {
                return true;
            }
        }
        return false;
    }

    void text(String text) throws MalformedEncodingException {
        String plain = PasteText.plain(text);
        PasteScanner scanner = new PasteScanner(plain);
        int number = 0;
        Optional<PasteScanner.Marker> marker = scanner.next();
        if (marker.isEmpty()) {
            bare(plain);
        }
        while (marker.isPresent()) {
            number++;
            PasteScanner.Marker begin = marker.get();
            marker = scanner.next();
            if (!begin.isBegin()) {
                findings.stray(
                        "PEM block " + number + ", " + PlainText.shown(begin.label()),
                        "its BEGIN line is missing; copy the whole text");
                continue;
            }
            boolean complete = marker.isPresent() && !marker.get().isBegin();
            int end = marker.isPresent() ? marker.get().span().start() : plain.length();
            String body = PasteText.unquoted(plain.substring(begin.span().end(), end));
            block(new PemBlock(number, begin.label(), complete ? body : PasteText.base64Prefix(body)), complete);
            marker = complete ? scanner.next() : marker;
        }
    }

    private void block(PemBlock block, boolean complete) throws MalformedEncodingException {
        if (block.isAbout("PGP ", "SSH2 ", "OPENSSH ")) {
            findings.stray(
                    block.where(),
                    "a key of another program, not of X.509; for OpenSSH, convert it with:"
                            + " ssh-keygen -p -m PKCS8");
            return;
        }
        if (DekInfo.isIn(block)) {
            oldKey(block);
            return;
        }
        byte[] content;
        try {
            content = block.decoded();
        } catch (MalformedEncodingException e) {
            findings.failure(e);
            return;
        }
        if (complete || DerSorter.isWhole(content)) {
            content(content, block.where());
        } else {
            findings.stray(block.where(), "its END line is missing, and its content is cut off; copy the whole text");
        }
        Arrays.fill(content, (byte) 0);
    }

    private void oldKey(PemBlock block) throws MalformedEncodingException {
        PrivateKey key;
        try {
            key = new PrivateKeyDecoder(decoding.at(block.where()), passphrase).decode(block);
        } catch (MalformedEncodingException e) {
            findings.failure(e);
            return;
        }
        findings.key(key);
    }

    private void content(byte[] content, String place) throws MalformedEncodingException {
        if (content.length == 0) {
            findings.stray(place, "it is empty");
        } else if (JavaKeyStore.isOne(content)) {
            new JavaKeyStore(decoding.at(place), passphrase, findings).read(content);
        } else {
            sorter.values(content, place);
        }
    }

    /** A text without blocks: base64 as a whole, or here and there. */
    private void bare(String plain) throws MalformedEncodingException {
        Optional<byte[]> whole = PasteText.base64(PasteText.unquoted(plain));
        if (whole.isPresent() && isKnown(whole.get())) {
            unwrapped(whole.get());
            return;
        }
        boolean seen = false;
        for (String group : PasteText.base64Groups(plain)) {
            Optional<byte[]> content = PasteText.base64(group);
            if (content.isPresent() && isKnown(content.get())) {
                content(content.get(), "base64 text from '" + group.substring(0, 8) + "' on");
                seen = true;
            } else if (group.length() >= SHORTEST_KEY) {
                findings.stray(decoding.what(), "base64 that is no structure that is known, or cut off; copy it again");
                seen = true;
            }
        }
        if (!seen) {
            findings.stray(decoding.what(), PasteText.guess(plain));
        }
    }

    /** Long enough and with a beginning that no word has by accident. */
    private static boolean isKnown(byte[] content) {
        return DerSorter.isWhole(content)
                || JavaKeyStore.isOne(content)
                || isPem(PemBlock.text(content))
                || (content.length >= SHORTEST_KEY && content[0] == DER_SEQUENCE && content[1] < 0);
    }

    private static boolean isPem(String text) {
        return text.toUpperCase(Locale.ROOT).contains("-BEGIN ");
    }

    /** Base64 may hold a PEM text once more, as the secrets of Kubernetes do. */
    private void unwrapped(byte[] content) throws MalformedEncodingException {
        String text = PemBlock.text(content);
        if (!unwrapped && isPem(text)) {
            unwrapped = true;
            text(text);
        } else {
            content(content, "base64 text");
        }
    }
}
