package dev.certkit.store;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Names that trip over paths, patterns, quotes, case, normal forms, directions and lengths; all of them are valid. */
public final class HostileNames {
    /** The names, each different from the others. */
    public static final List<String> ALL = List.of(
            "../x",
            "..",
            ".",
            "/etc/passwd",
            "C:\\x",
            "con",
            "NUL",
            "a/b",
            "a\\b",
            "a\\u0041",
            "nul\0byte",
            "\0",
            "line\nbreak",
            "line\r\n\r\nheader: x",
            "\u2028separators\u2029",
            "\u001b[31mred",
            "web",
            "Web",
            "WEB",
            "web ",
            " web",
            " ",
            "\u00a0",
            "caf\u00e9",
            "cafe\u0301",
            "\u017fmall",
            "\u0131stanbul",
            "\u202egnp.exe",
            "\u200bweb",
            "\ufeffweb",
            "\uffff",
            "\ue000",
            "\ud83d\udd11",
            "\ud83d\udd12",
            "\ud800\udc00",
            "%s%n%x",
            "%2e%2e%2fx",
            "'; drop table ck_entry; --",
            "*",
            "?",
            "a%",
            "a_",
            "x".repeat(RecordName.MAX_LENGTH),
            "x".repeat(RecordName.MAX_LENGTH - 1),
            "\ud83d\udd11".repeat(RecordName.MAX_LENGTH / 2),
            "\u202e".repeat(RecordName.MAX_LENGTH));

    private HostileNames() {}

    /** The names in the order of their UTF-8 bytes, which is that of their code points. */
    public static List<String> inCodePointOrder() {
        return ALL.stream()
                .sorted((a, b) ->
                        Arrays.compareUnsigned(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8)))
                .toList();
    }
}
