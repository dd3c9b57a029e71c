package dev.certkit.shelf.settings;

import dev.certkit.key.Passphrase;
import dev.certkit.store.RecordContent;
import dev.certkit.store.RecordName;
import dev.certkit.store.Shelf;
import dev.certkit.store.StaleRecordException;
import dev.certkit.store.Storage;
import dev.certkit.store.StoredRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The settings of a device by the names of its provisioning parameters, changed all together or not at all.
 *
 * <p>They are one record. Each change raises their {@linkplain SettingValues#version() version}, is told to the listeners, and
 * can be carried to others: a follower {@linkplain SettingsImport#fromMaster() takes} an export of its master if it is newer.
 * Thread safe, also for several processes where the storage is.
 */
public final class Settings {
    private static final Logger LOG = LoggerFactory.getLogger(Settings.class);
    private static final Shelf SHELF = Shelf.of("settings");
    private static final int ATTEMPTS = 20;

    private final Storage storage;
    private final RecordName name;
    private final List<Parameter> parameters;
    private final Optional<Passphrase> seal;
    private final List<Consumer<Change>> listeners = new CopyOnWriteArrayList<>();
    private final Object telling = new Object();
    private volatile @Nullable Seen read;
    private @Nullable Seen told;

    private Settings(Opening opening, Optional<Passphrase> seal) {
        this.storage = opening.storage;
        this.name = SHELF.name(opening.name);
        this.parameters = opening.parameters;
        this.seal = seal;
    }

    /** Reading a sealed record costs some 30 ms, so what was read last is kept with its revision. */
    private record Seen(long revision, SettingValues values) {}

    /**
     * A change that was stored.
     *
     * @param before what was valid until then
     * @param after what is valid now
     */
    public record Change(SettingValues before, SettingValues after) {
        /** Checks for null. */
        public Change {
            Objects.requireNonNull(before, "before");
            Objects.requireNonNull(after, "after");
        }
    }

    /**
     * Opens the settings of a storage; say next how secrets are kept.
     *
     * @param storage stays open as long as the settings are used, and is closed by the caller; not null
     */
    public static Opening in(Storage storage) {
        return new Opening(Objects.requireNonNull(storage, "storage"), "device", Parameter.standard());
    }

    /** Settings whose secrets still need a form. */
    public static final class Opening {
        private final Storage storage;
        private final String name;
        private final List<Parameter> parameters;

        private Opening(Storage storage, String name, List<Parameter> parameters) {
            this.storage = storage;
            this.name = name;
            this.parameters = parameters;
        }

        /**
         * Knows these parameters, too.
         *
         * @param more not null
         * @throws IllegalArgumentException if two parameters share a name
         */
        public Opening knowing(Parameter... more) {
            List<Parameter> all = new ArrayList<>(parameters);
            all.addAll(Arrays.asList(more));
            List<String> names =
                    all.stream().flatMap(each -> each.names().stream()).toList();
            if (names.stream().distinct().count() < names.size()) {
                throw new IllegalArgumentException("more: two parameters share a name; each name must be of one only");
            }
            return new Opening(storage, name, List.copyOf(all));
        }

        /**
         * Opens another set of settings than that of the device.
         *
         * @param other 1 to 1024 characters; not null
         */
        public Opening named(String other) {
            return new Opening(storage, SHELF.name(other).text(), parameters);
        }

        /**
         * Keeps secrets, and what is not known, encrypted (AES-256 under PBKDF2).
         *
         * @param passphrase not empty; must stay open as long as the settings are used; not null
         * @throws IllegalArgumentException if it is empty
         */
        public Settings sealedUnder(Passphrase passphrase) {
            if (passphrase.isEmpty()) {
                throw new IllegalArgumentException("passphrase: it is empty, which protects nothing");
            }
            return new Settings(this, Optional.of(passphrase));
        }

        /** Keeps secrets in clear: whoever reads the storage has them. */
        public Settings unencrypted() {
            return new Settings(this, Optional.empty());
        }
    }

    /**
     * What is set now.
     *
     * @throws IOException if the storage fails, or the record is damaged or sealed under another passphrase
     */
    public SettingValues current() throws IOException {
        return decoded(storage.find(name));
    }

    private SettingValues decoded(Optional<StoredRecord> found) throws IOException {
        if (found.isEmpty()) {
            return SettingValues.none(parameters);
        }
        Seen known = read;
        if (known != null && known.revision == found.get().revision()) {
            return known.values;
        }
        String text = new String(found.get().content().payload(), StandardCharsets.UTF_8);
        SettingsText.Parsed parsed = SettingsText.parse(text, parameters, seal);
        SettingValues values = new SettingValues(
                parameters, parsed.values(), parsed.unknown(), parsed.version().orElse(0L));
        read = new Seen(found.get().revision(), values);
        return values;
    }

    /**
     * Changes settings; what is asked for may be asked again, if somebody else wrote meanwhile.
     *
     * <p>Listeners are told on this thread, after the change is stored; a change that changes nothing is not stored.
     *
     * @param change gives the new values for the old ones; not null
     * @return what is set now
     * @throws IOException if the storage fails; nothing was changed
     */
    public SettingValues change(UnaryOperator<SettingValues> change) throws IOException {
        return update(before -> {
            SettingValues after = change.apply(before);
            return after.says(before) ? before : after.version(before.version() + 1);
        });
    }

    SettingValues update(UnaryOperator<SettingValues> change) throws IOException {
        for (int attempt = 1; ; attempt++) {
            Optional<StoredRecord> found = storage.find(name);
            SettingValues before = decoded(found);
            SettingValues after = change.apply(before);
            if (after.equals(before)) {
                return before;
            }
            try {
                RecordContent content =
                        RecordContent.of(SettingsText.record(after, seal).getBytes(StandardCharsets.UTF_8));
                StoredRecord written =
                        found.isEmpty() ? storage.create(name, content) : storage.replace(found.get(), content);
                tell(new Seen(written.revision(), after), before);
                return after;
            } catch (StaleRecordException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    /**
     * Looks whether others changed the settings, and tells the listeners.
     *
     * @return what is set now
     * @throws IOException if the storage fails, or the record is damaged or sealed under another passphrase
     */
    public SettingValues refresh() throws IOException {
        Optional<StoredRecord> found = storage.find(name);
        SettingValues now = decoded(found);
        tell(new Seen(found.map(StoredRecord::revision).orElse(0L), now), now);
        return now;
    }

    /** One change after the other, and none of which a later one was told already. */
    private void tell(Seen now, SettingValues before) {
        synchronized (telling) {
            Seen last = told;
            if (last != null && last.revision > now.revision && now.revision != 0) {
                return;
            }
            told = now;
            SettingValues known = last == null ? before : last.values;
            if (!now.values.says(known)) {
                Change change = new Change(known, now.values);
                listeners.forEach(listener -> tell(listener, change));
            }
        }
    }

    private static void tell(Consumer<Change> listener, Change change) {
        try {
            listener.accept(change);
        } catch (RuntimeException e) {
            LOG.error("a listener failed on settings of version {}; they are stored", change.after.version(), e);
        }
    }

    /**
     * Tells a listener every change that is made here, or found by {@link #refresh()}; the first look finds none.
     *
     * @param listener thread safe and quick; not null
     */
    public void onChange(Consumer<Change> listener) {
        listeners.add(Objects.requireNonNull(listener, "listener"));
    }

    /**
     * Begins to import a document in Java's properties format, at most 256 Ki characters.
     *
     * @param document not null
     */
    public SettingsImport importing(String document) {
        return SettingsImport.of(this, Objects.requireNonNull(document, "document"));
    }

    List<Parameter> parameters() {
        return parameters;
    }

    /**
     * All settings as a document in Java's properties format, without secrets and without what is not known.
     *
     * @throws IOException if the storage fails, or the record is damaged or sealed under another passphrase
     */
    public String export() throws IOException {
        return SettingsText.open(current());
    }

    /**
     * All settings as a document, with secrets and what is not known encrypted in one line.
     *
     * @param passphrase not empty; not null
     * @throws IllegalArgumentException if it is empty
     * @throws IOException if the storage fails, or the record is damaged or sealed under another passphrase
     */
    public String export(Passphrase passphrase) throws IOException {
        if (passphrase.isEmpty()) {
            throw new IllegalArgumentException("passphrase: it is empty, which protects nothing");
        }
        return SettingsText.sealed(current(), passphrase);
    }

    /** How many parameters are known; no values. */
    @Override
    public String toString() {
        return name + ", " + parameters.size() + " parameters";
    }
}
