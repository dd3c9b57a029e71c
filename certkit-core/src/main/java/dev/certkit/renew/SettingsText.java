package dev.certkit.renew;

import dev.certkit.internal.text.ForeignText;
import dev.certkit.key.KeyType;
import dev.certkit.key.SignatureAlgorithm;
import dev.certkit.x509.DistinguishedName;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Settings as Java properties: written in order and without a date, and each value checked when it is read. */
final class SettingsText {
    private static final int LONGEST = 1 << 20;
    private static final String REQUEST = "request.";

    private SettingsText() {}

    static String of(Map<String, String> words, List<RequestFields> requests) {
        Map<String, String> all = new TreeMap<>(words);
        for (int i = 0; i < requests.size(); i++) {
            write(all, REQUEST + (i + 1) + ".", requests.get(i));
        }
        return all.entrySet().stream().map(SettingsText::line).collect(Collectors.joining());
    }

    private static void write(Map<String, String> all, String prefix, RequestFields fields) {
        all.put(prefix + "name", fields.keyName());
        all.put(prefix + "subject", fields.subject().toString());
        all.put(prefix + "names", String.join(",", fields.names()));
        all.put(prefix + "key", fields.keyType().name());
        fields.algorithm().ifPresent(algorithm -> all.put(prefix + "algorithm", algorithm.name()));
        all.put(prefix + "use", fields.use().toString());
    }

    private static String line(Map.Entry<String, String> entry) {
        Properties one = new Properties();
        one.setProperty(entry.getKey(), entry.getValue());
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try {
            one.store(text, null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString(StandardCharsets.ISO_8859_1)
                .lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line + "\n")
                .collect(Collectors.joining());
    }

    static RenewalSettings parse(String text) {
        Map<String, String> words = words(text);
        RenewalSettings settings = RenewalSettings.standard();
        try {
            for (int i = 1; words.containsKey(REQUEST + i + ".name"); i++) {
                settings = settings.requesting(request(words, REQUEST + i + "."));
            }
            if (words.containsKey("polls")) {
                settings = settings.poll(
                        Integer.parseInt(words.remove("polls")),
                        Duration.parse(Optional.ofNullable(words.remove("poll-interval"))
                                .orElse("PT5M")));
            }
            for (Map.Entry<String, String> word : words.entrySet()) {
                settings = apply(settings, word.getKey(), word.getValue());
            }
        } catch (NumberFormatException | DateTimeException e) {
            throw new IllegalArgumentException("settings: a number or duration cannot be read: " + e.getMessage(), e);
        }
        return settings;
    }

    private static Map<String, String> words(String text) {
        if (text.length() > LONGEST) {
            throw new IllegalArgumentException("settings: more than " + LONGEST + " characters");
        }
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, String> words = new TreeMap<>();
        properties.stringPropertyNames().forEach(name -> words.put(name, properties.getProperty(name)));
        return words;
    }

    private static RequestFields request(Map<String, String> words, String prefix) {
        DistinguishedName subject = DistinguishedName.parse(taken(words, prefix + "subject"));
        RequestFields fields = RequestFields.of(taken(words, prefix + "name"), subject)
                .keyType(KeyType.valueOf(taken(words, prefix + "key")))
                .use(KeyUse.parse(taken(words, prefix + "use")));
        String names = taken(words, prefix + "names");
        String algorithm = words.remove(prefix + "algorithm");
        RequestFields named = names.isEmpty() ? fields : fields.san(names.split(",", -1));
        return algorithm == null ? named : named.algorithm(SignatureAlgorithm.valueOf(algorithm));
    }

    private static String taken(Map<String, String> words, String word) {
        String value = words.remove(word);
        if (value == null) {
            throw new IllegalArgumentException("settings: " + word + " is missing");
        }
        return value;
    }

    private static RenewalSettings apply(RenewalSettings settings, String word, String value) {
        return switch (word) {
            case "server" -> settings.server(URI.create(value));
            case "timeout" -> settings.timeout(Duration.parse(value));
            case "policy" -> settings.policy(RenewalPolicy.parse(value));
            case "new-key" ->
                value.equals(RenewalSettings.SAME) ? settings.sameKey() : settings.newKey(KeyType.valueOf(value));
            case "history" -> settings.keepHistory(Integer.parseInt(value));
            case "key-limit" -> settings.keyLimit(Integer.parseInt(value));
            case "keep-old-keys" -> settings.keepOldKeys();
            case "default-key" -> settings.defaultKey(value);
            default ->
                throw new IllegalArgumentException("settings: the line " + ForeignText.shown(word) + " is unknown");
        };
    }
}
