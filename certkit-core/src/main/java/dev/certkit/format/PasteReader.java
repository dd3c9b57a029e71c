package dev.certkit.format;

import dev.certkit.internal.text.ForeignText;
import dev.certkit.key.Passphrase;
import java.security.PrivateKey;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds the blocks of a text and the form of a file, and hands each on to the sorting of its content. */
final class PasteReader {
    private static final int DER_SEQUENCE = 0x30;
    /** An Ed25519 key in PKCS#8. */
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
                findings.stray(decoding.what(), PasteGuess.of(bytes));
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
        boolean keepsLines = PasteText.keepsLines(text);
        LineCount lines = new LineCount(plain);
        PasteScanner scanner = new PasteScanner(plain);
        int number = 0;
        Optional<PasteScanner.Marker> marker = scanner.next();
        if (marker.isEmpty()) {
            bare(text, plain);
        }
        while (marker.isPresent()) {
            number++;
            PasteScanner.Marker begin = marker.get();
            marker = scanner.next();
            int line = keepsLines ? lines.at(begin.span().start()) : 0;
            PemBlock.Position position = new PemBlock.Position(number, line);
            if (!begin.isBegin()) {
                findings.failure(new PemBlock(position, ForeignText.shown(begin.label()), "")
                        .wrong("its BEGIN line is missing; copy the whole text"));
                continue;
            }
            boolean complete = marker.isPresent() && !marker.get().isBegin();
            int end = marker.isPresent() ? marker.get().span().start() : plain.length();
            String body = PasteText.unquoted(plain.substring(begin.span().end(), end));
            block(new PemBlock(position, begin.label(), complete ? body : PasteText.base64Prefix(body)), complete);
            marker = complete ? scanner.next() : marker;
        }
    }

    private void block(PemBlock block, boolean complete) throws MalformedEncodingException {
        if (block.isAbout("PGP ", "SSH2 ", "OPENSSH ")) {
            findings.failure(block.wrong("a key of another program, not of X.509; for OpenSSH, convert it with:"
                    + " ssh-keygen -p -m PKCS8"));
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
            findings.failure(block.wrong("its END line is missing, and its content is cut off; copy the whole text"));
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

    /** A text without blocks: base64 as a whole, here and there, or inside XML, JSON and YAML. */
    private void bare(String text, String plain) throws MalformedEncodingException {
        byte[] whole = Base64Text.decoded(PasteText.unquoted(plain), 0).orElse(new byte[0]);
        if (isKnown(whole)) {
            unwrapped(whole, "base64 text");
            return;
        }
        boolean any = false;
        for (Base64Groups.Group group : groups(plain)) {
            String place = PasteText.keepsLines(text) ? "base64 text, line " + group.line() : "base64 text";
            byte[] content = group.octets();
            if (isKnown(content)) {
                unwrapped(content, place);
            } else {
                findings.stray(place, "base64 that is no structure that is known, or cut off; copy it again");
            }
            any = true;
        }
        if (!any) {
            findings.stray(decoding.what(), PasteGuess.of(text));
        }
    }

    /** What is known, and lines that are long and not part of it, in the order of the text. */
    private static List<Base64Groups.Group> groups(String plain) {
        List<Base64Groups.Group> ofLines = Base64Groups.ofLines(plain);
        List<Base64Groups.Group> known = Stream.concat(ofLines.stream(), Base64Groups.amongOtherSigns(plain).stream())
                .distinct()
                .filter(group -> isKnown(group.octets()))
                .toList();
        BitSet read = new BitSet();
        known.forEach(group -> read.set(group.line(), group.lastLine() + 1));
        Stream<Base64Groups.Group> others = ofLines.stream().filter(group -> !read.get(group.line()));
        return Stream.concat(known.stream(), others)
                .sorted(Comparator.comparingInt(Base64Groups.Group::line))
                .toList();
    }

    /** Long enough, and with a beginning that no word has by accident. */
    private static boolean isKnown(byte[] content) {
        boolean isDer = content.length >= SHORTEST_KEY
                && content[0] == DER_SEQUENCE
                && (content[1] < 0 || DerSorter.isWhole(content));
        return isDer || JavaKeyStore.isOne(content) || isPem(PemBlock.text(content));
    }

    private static boolean isPem(String text) {
        return text.toUpperCase(Locale.ROOT).contains("-BEGIN ");
    }

    /** Base64 may hold a PEM text once more, as the secrets of Kubernetes do. */
    private void unwrapped(byte[] content, String place) throws MalformedEncodingException {
        String text = PemBlock.text(content);
        if (!unwrapped && isPem(text)) {
            unwrapped = true;
            text(text);
            unwrapped = false;
        } else {
            content(content, place);
        }
        Arrays.fill(content, (byte) 0);
    }
}
