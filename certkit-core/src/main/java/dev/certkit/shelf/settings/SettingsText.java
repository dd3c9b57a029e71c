package dev.certkit.shelf.settings;

import dev.certkit.format.MalformedEncodingException;
import dev.certkit.internal.seal.Sealed;
import dev.certkit.internal.text.PrintableText;
import dev.certkit.key.Passphrase;
import dev.certkit.shelf.settings.MalformedSettingsException.Problem;
import dev.certkit.shelf.settings.PropertiesText.Content;
import dev.certkit.shelf.settings.PropertiesText.Entry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Settings as properties: what anybody may see in a line each, all secrets and what is not known sealed in one line.
 *
 * <p>What is not known may be a secret, so it is treated as one.
 */
final class SettingsText {
    static final String VERSION = "certkit.version";
    static final String SEALED = "certkit.sealed";
    private static final String WHAT = "sealed settings";

    private final List<Parameter> parameters;
    private final List<Problem> problems = new ArrayList<>();
    private final Map<String, String> values = new TreeMap<>();
    private final Map<String, String> unknown = new TreeMap<>();
    private final List<String> emptied = new ArrayList<>();

    private SettingsText(List<Parameter> parameters) {
        this.parameters = parameters;
    }

    /** What a document says: values, parameters that it empties, and what is not known. */
    record Parsed(
            Map<String, String> values,
            List<String> emptied,
            Map<String, String> unknown,
            Optional<Long> version,
            boolean hasSecrets) {}

    /** With secrets as they are kept: sealed, or in clear where nothing seals. */
    static String record(SettingValues settings, Optional<Passphrase> passphrase) {
        return passphrase.isPresent() ? sealed(settings, passphrase.get()) : open(settings) + secrets(settings);
    }

    /** Without secrets and without what is not known. */
    static String open(SettingValues settings) {
        StringBuilder text = new StringBuilder("# certkit settings\n");
        text.append(PropertiesText.line(VERSION, Long.toString(settings.version())));
        for (Parameter each : settings.parameters()) {
            String value = settings.values().get(each.name());
            if (value != null && !each.isSecret()) {
                text.append(PropertiesText.line(each.name(), value));
            }
        }
        return text.toString();
    }

    /** With secrets and what is not known under a passphrase. */
    static String sealed(SettingValues settings, Passphrase passphrase) {
        byte[] sealed = Sealed.seal(secrets(settings).getBytes(StandardCharsets.UTF_8), passphrase);
        return open(settings) + PropertiesText.line(SEALED, Base64.getEncoder().encodeToString(sealed));
    }

    private static String secrets(SettingValues settings) {
        StringBuilder text = new StringBuilder();
        for (Parameter each : settings.parameters()) {
            String value = settings.values().get(each.name());
            if (value != null && each.isSecret()) {
                text.append(PropertiesText.line(each.name(), value));
            }
        }
        settings.unknownValues().forEach((name, value) -> text.append(PropertiesText.line(name, value)));
        return text.toString();
    }

    static Parsed parse(String text, List<Parameter> parameters, Optional<Passphrase> passphrase)
            throws MalformedSettingsException {
        return new SettingsText(parameters).parsed(text, passphrase);
    }

    private Parsed parsed(String text, Optional<Passphrase> passphrase) throws MalformedSettingsException {
        Content content = PropertiesText.read(text);
        problems.addAll(content.problems());
        Optional<Long> version = Optional.empty();
        boolean hasSecrets = false;
        for (Map.Entry<String, Entry> each : content.entries().entrySet()) {
            if (each.getKey().equals(VERSION)) {
                version = version(each.getValue());
            } else if (each.getKey().equals(SEALED)) {
                hasSecrets = true;
                unseal(each.getValue(), passphrase);
            } else {
                entry(each.getKey(), each.getValue());
            }
        }
        if (!problems.isEmpty()) {
            throw new MalformedSettingsException(problems);
        }
        return new Parsed(values, emptied, unknown, version, hasSecrets);
    }

    private Optional<Long> version(Entry entry) {
        try {
            long number = Long.parseLong(entry.value());
            if (number >= 0) {
                return Optional.of(number);
            }
        } catch (NumberFormatException e) {
            // Reported below, like a negative one.
            number(entry);
            return Optional.empty();
        }
        number(entry);
        return Optional.empty();
    }

    private void number(Entry entry) {
        problems.add(new Problem(entry.line(), VERSION, "it must be a whole number from 0"));
    }

    private void unseal(Entry entry, Optional<Passphrase> passphrase) {
        if (passphrase.isEmpty()) {
            problems.add(new Problem(entry.line(), SEALED, "the secrets are sealed; give the passphrase"));
            return;
        }
        try {
            byte[] der = Base64.getDecoder().decode(entry.value());
            String text = new String(Sealed.open(WHAT, der, passphrase.get()), StandardCharsets.UTF_8);
            PropertiesText.read(text)
                    .entries()
                    .forEach((name, each) -> entry(name, new Entry(entry.line(), each.value())));
        } catch (IllegalArgumentException e) {
            problems.add(new Problem(entry.line(), SEALED, "it is no base64; the document is damaged"));
        } catch (MalformedEncodingException e) {
            problems.add(new Problem(entry.line(), SEALED, "the passphrase is wrong, or the document is damaged"));
        }
    }

    private void entry(String name, Entry entry) {
        Optional<Parameter> known = parameters.stream()
                .filter(parameter -> parameter.names().contains(name))
                .findFirst();
        if (known.isEmpty()) {
            unknown(name, entry);
            return;
        }
        Parameter parameter = known.get();
        boolean isTwice = values.containsKey(parameter.name()) || emptied.contains(parameter.name());
        if (isTwice) {
            problems.add(new Problem(entry.line(), name, "it stands there twice, once by another name"));
        } else if (entry.value().isEmpty()) {
            emptied.add(parameter.name());
        } else {
            parameter
                    .objection(entry.value())
                    .ifPresentOrElse(
                            objection -> problems.add(new Problem(entry.line(), name, objection)),
                            () -> values.put(parameter.name(), entry.value()));
        }
    }

    private void unknown(String name, Entry entry) {
        if (name.isEmpty() || Parameter.isReserved(name)) {
            problems.add(new Problem(entry.line(), PrintableText.of(name), "there is no parameter of this name"));
        } else {
            unknown.put(name, entry.value());
        }
    }
}
