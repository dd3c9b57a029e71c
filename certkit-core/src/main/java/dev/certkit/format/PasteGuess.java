package dev.certkit.format;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;

/** Says what an input is that holds none of the known forms, and what to do with it. */
final class PasteGuess {
    private static final int SEEN = 512;
    private static final Map<String, String> FILES = Map.ofEntries(
            Map.entry("PK\3\4", "a ZIP archive or an office document; unpack it, or copy the text out of it"),
            Map.entry("%PDF", "a PDF document; export the certificate itself"),
            Map.entry("\u001F\u008B", "a gzip archive; unpack it first"),
            Map.entry("\u0089PNG", "a picture; copy the text itself"),
            Map.entry("\u00D0\u00CF\u0011\u00E0", "an old office document; copy the text out of it"),
            Map.entry("{\\rtf", "a formatted document; save it as plain text"),
            Map.entry("openssh-key-v1", "an OpenSSH key; convert it with: ssh-keygen -p -m PKCS8"),
            Map.entry("PuTTY-User-Key-File", "a PuTTY key; export it with puttygen as an OpenSSH key, then as PKCS#8"),
            Map.entry("SSH-", "an SSH greeting, not a file"),
            Map.entry("\u00CE\u00CE\u00CE\u00CE", "a JCEKS key store; convert it with: keytool -importkeystore"),
            Map.entry("\0\0\0\2\0\0\0\u0014", "a BKS key store; convert it with: keytool -importkeystore"),
            Map.entry("\0\0\0\1\0\0\0\u0014", "a BKS key store; convert it with: keytool -importkeystore"));

    private PasteGuess() {}

    static String of(byte[] bytes) {
        String start = new String(bytes, 0, Math.min(bytes.length, SEEN), StandardCharsets.ISO_8859_1);
        for (Map.Entry<String, String> file : FILES.entrySet()) {
            if (start.startsWith(file.getKey())) {
                return file.getValue();
            }
        }
        return ofText(start);
    }

    static String of(String text) {
        return of(text.substring(0, Math.min(text.length(), SEEN)).getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String ofText(String text) {
        String start = text.strip().toLowerCase(Locale.ROOT);
        if (start.startsWith("<!doctype html") || start.startsWith("<html")) {
            return "an HTML page; open it and download the file that it offers";
        }
        if (start.startsWith("<?xml") || start.startsWith("<")) {
            return "an XML document without a certificate in base64; give the certificate itself";
        }
        if (start.startsWith("ssh-") || start.startsWith("ecdsa-sha2-")) {
            return "an SSH public key, which is no certificate";
        }
        return start.isEmpty() ? "nothing but blanks" : "no PEM block and no other form that is known";
    }
}
