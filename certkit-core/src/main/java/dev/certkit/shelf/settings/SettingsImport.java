package dev.certkit.shelf.settings;

import dev.certkit.internal.text.PrintableText;
import dev.certkit.key.Passphrase;
import dev.certkit.shelf.settings.MalformedSettingsException.Problem;
import dev.certkit.shelf.settings.SettingsText.Parsed;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A document of settings that was not taken yet; each method gives a new one.
 *
 * <p>What it names is set, what it names without a value is unset, what it does not name stays.
 */
public final class SettingsImport {
    private final Settings settings;
    private final String document;
    private final Optional<Passphrase> passphrase;
    private final Manner manner;

    private SettingsImport(Settings settings, String document, Optional<Passphrase> passphrase, Manner manner) {
        this.settings = settings;
        this.document = document;
        this.passphrase = passphrase;
        this.manner = manner;
    }

    private record Manner(Unknown unknown, boolean fromMaster) {}

    private enum Unknown {
        IGNORED,
        KEPT,
        REFUSED
    }

    /**
     * What came of it.
     *
     * @param values what is set now
     * @param unknown names in the document that nobody knows here, sorted; escape them before you print them
     * @param isTaken false if it came from a master and was not newer than what was there
     */
    public record Result(SettingValues values, List<String> unknown, boolean isTaken) {
        /** Copies the list. */
        public Result {
            Objects.requireNonNull(values, "values");
            unknown = List.copyOf(unknown);
        }
    }

    static SettingsImport of(Settings settings, String document) {
        return new SettingsImport(settings, document, Optional.empty(), new Manner(Unknown.IGNORED, false));
    }

    /** Keeps parameters that are not known here, for a later version that knows them; else they are ignored. */
    public SettingsImport keepingUnknown() {
        return with(new Manner(Unknown.KEPT, manner.fromMaster));
    }

    /** Takes nothing if one parameter is not known here; else they are ignored. */
    public SettingsImport refusingUnknown() {
        return with(new Manner(Unknown.REFUSED, manner.fromMaster));
    }

    /**
     * Takes the export of a master as a whole, with its version, and only if that is newer.
     *
     * <p>What it does not name is unset, but for secrets if it was exported without them.
     */
    public SettingsImport fromMaster() {
        return with(new Manner(manner.unknown, true));
    }

    private SettingsImport with(Manner other) {
        return new SettingsImport(settings, document, passphrase, other);
    }

    /**
     * Opens sealed secrets.
     *
     * @param opening under which they were exported; not null
     */
    public SettingsImport openedWith(Passphrase opening) {
        return new SettingsImport(settings, document, Optional.of(opening), manner);
    }

    /**
     * Takes it, as a whole or not at all.
     *
     * @throws MalformedSettingsException if a line or a value is wrong, naming all; nothing was changed
     * @throws IOException if the storage fails; nothing was changed
     */
    public Result apply() throws IOException {
        Parsed parsed = SettingsText.parse(document, settings.parameters(), passphrase);
        List<String> unknown = List.copyOf(parsed.unknown().keySet());
        if (manner.unknown == Unknown.REFUSED && !unknown.isEmpty()) {
            throw new MalformedSettingsException(unknown.stream()
                    .map(name -> new Problem(line(name), PrintableText.of(name), "there is no parameter of this name"))
                    .toList());
        }
        if (manner.fromMaster) {
            return followed(parsed, unknown);
        }
        return new Result(settings.change(before -> merged(before, parsed)), unknown, true);
    }

    private int line(String name) {
        PropertiesText.Entry entry = PropertiesText.read(document).entries().get(name);
        return entry == null ? 1 : entry.line();
    }

    private SettingValues merged(SettingValues before, Parsed parsed) {
        Map<String, String> values = new TreeMap<>(before.values());
        values.keySet().removeAll(parsed.emptied());
        values.putAll(parsed.values());
        return new SettingValues(before.parameters(), values, unknown(before, parsed), before.version());
    }

    private Map<String, String> unknown(SettingValues before, Parsed parsed) {
        Map<String, String> unknown = new TreeMap<>(before.unknownValues());
        if (manner.unknown == Unknown.KEPT) {
            unknown.putAll(parsed.unknown());
        }
        return unknown;
    }

    private Result followed(Parsed parsed, List<String> unknown) throws IOException {
        long version = parsed.version()
                .orElseThrow(() -> new MalformedSettingsException(List.of(
                        new Problem(1, SettingsText.VERSION, "it is missing; take an export of the master as it is"))));
        AtomicBoolean isTaken = new AtomicBoolean();
        SettingValues now = settings.update(before -> {
            isTaken.set(version > before.version());
            if (!isTaken.get()) {
                return before;
            }
            Map<String, String> values = parsed.hasSecrets() ? new TreeMap<>() : before.secrets();
            values.putAll(parsed.values());
            return new SettingValues(before.parameters(), values, unknown(before, parsed), version);
        });
        return new Result(now, unknown, isTaken.get());
    }

    /** Never the document. */
    @Override
    public String toString() {
        return "an import of " + document.length() + " characters";
    }
}
