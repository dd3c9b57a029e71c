package dev.certkit.renew;

import dev.certkit.key.KeyType;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * All that is set about requests, as one document without any secret.
 *
 * <p>{@link #toText()} exports it, {@link #parse} imports it. A challenge password is none of the settings: it is asked for
 * when it is needed. The server and the time-out are for whoever makes the authority; nothing here opens a connection.
 * Immutable and thread safe; each method that sets something gives new settings.
 */
public final class RenewalSettings {
    private static final RenewalSettings STANDARD = new RenewalSettings(Map.of(), List.of());
    private static final Duration LONGEST_TIMEOUT = Duration.ofHours(1);
    static final String SAME = "same";
    private static final int MOST_REQUESTS = 1000;

    private final Map<String, String> words;
    private final List<RequestFields> requests;

    RenewalSettings(Map<String, String> words, List<RequestFields> requests) {
        this.words = Map.copyOf(words);
        this.requests = List.copyOf(requests);
    }

    /** Nothing automatic, a new key of the same kind, a history of 20, no limit of keys, old keys deleted. */
    public static RenewalSettings standard() {
        return STANDARD;
    }

    /**
     * Reads a document that {@link #toText()} gave.
     *
     * @param text not null
     * @throws IllegalArgumentException if a line is unknown or cannot be read, or a value is out of range
     */
    public static RenewalSettings parse(String text) {
        return SettingsText.parse(text);
    }

    /** The settings as Java properties: a line for each that is not as it always is, in order. */
    public String toText() {
        return SettingsText.of(words, requests);
    }

    private RenewalSettings with(String word, Object value) {
        Map<String, String> changed = new TreeMap<>(words);
        changed.put(word, value.toString());
        return new RenewalSettings(changed, requests);
    }

    private Optional<String> word(String word) {
        return Optional.ofNullable(words.get(word));
    }

    /**
     * Notes the authority's address.
     *
     * @param server absolute, without user name and password; not null
     * @throws IllegalArgumentException if it is not absolute, or carries a user name
     */
    public RenewalSettings server(URI server) {
        if (!server.isAbsolute() || server.getRawUserInfo() != null) {
            throw new IllegalArgumentException("server: must be an absolute URI without a user name in it");
        }
        return with("server", server);
    }

    /** The authority's address, with its port. */
    public Optional<URI> server() {
        return word("server").map(URI::create);
    }

    /**
     * Notes how long an exchange may take.
     *
     * @param timeout one second to one hour; not null
     * @throws IllegalArgumentException if it is out of range
     */
    public RenewalSettings timeout(Duration timeout) {
        if (timeout.compareTo(Duration.ofSeconds(1)) < 0 || timeout.compareTo(LONGEST_TIMEOUT) > 0) {
            throw new IllegalArgumentException("timeout: " + timeout + ", choose one second to one hour");
        }
        return with("timeout", timeout);
    }

    /** How long an exchange may take; 30 seconds unless set. */
    public Duration timeout() {
        return word("timeout").map(Duration::parse).orElse(Duration.ofSeconds(30));
    }

    /**
     * Requests automatically, by a policy.
     *
     * @param policy not null
     */
    public RenewalSettings policy(RenewalPolicy policy) {
        return with("policy", policy);
    }

    /** When to request automatically; empty for never. */
    public Optional<RenewalPolicy> policy() {
        return word("policy").map(RenewalPolicy::parse);
    }

    /**
     * Asks again at a fixed interval when communication failed or the request was deferred, and then ends with an error.
     *
     * <p>Without it, it asks again after longer and longer times, for seven days where the request was deferred.
     *
     * @param count 0 to 100,000
     * @param interval one second to 31 days; not null
     * @throws IllegalArgumentException if one is out of range
     */
    public RenewalSettings poll(int count, Duration interval) {
        Polling checked = new Polling(count, interval);
        return with("polls", checked.count()).with("poll-interval", checked.interval());
    }

    Optional<Polling> polling() {
        return word("polls")
                .map(count -> new Polling(
                        Integer.parseInt(count),
                        word("poll-interval").map(Duration::parse).orElse(Duration.ofMinutes(5))));
    }

    /**
     * Makes a new key of this kind for each renewal; without it, one like the old one.
     *
     * @param type not null
     */
    public RenewalSettings newKey(KeyType type) {
        return with("new-key", type.name());
    }

    /** Has the old key certified again at each renewal. */
    public RenewalSettings sameKey() {
        return with("new-key", SAME);
    }

    /** The kind of key that is made for a renewal; empty if it is that of the old one. */
    public Optional<KeyType> newKey() {
        return word("new-key").filter(kind -> !kind.equals(SAME)).map(KeyType::valueOf);
    }

    /** Whether the old key is certified again at a renewal. */
    public boolean keepsKey() {
        return SAME.equals(words.get("new-key"));
    }

    /**
     * Keeps so many requests of each identity in the history; the oldest are overwritten.
     *
     * @param length 1 to 1000; 20 unless set
     * @throws IllegalArgumentException if it is out of range
     */
    public RenewalSettings keepHistory(int length) {
        return with("history", range("length", length, 1000));
    }

    /** How many requests of each identity are remembered. */
    public int historyLength() {
        return word("history").map(Integer::parseInt).orElse(20);
    }

    /**
     * Makes no key beyond the device's limit.
     *
     * @param limit of keys in use and pending, 1 to 1,000,000
     * @throws IllegalArgumentException if it is out of range
     */
    public RenewalSettings keyLimit(int limit) {
        return with("key-limit", range("limit", limit, 1_000_000));
    }

    /** How many keys there may be; empty for any number. */
    public Optional<Integer> keyLimit() {
        return word("key-limit").map(Integer::parseInt);
    }

    /** Keeps the key and certificate that a new pair replaces, instead of deleting them. */
    public RenewalSettings keepOldKeys() {
        return with("keep-old-keys", "yes");
    }

    /** Whether the pair that is replaced is kept. */
    public boolean keepsOldKeys() {
        return word("keep-old-keys").isPresent();
    }

    /**
     * Names the default key, which is never replaced or deleted.
     *
     * @param name the identity's name; not empty; not null
     * @throws IllegalArgumentException if it is empty
     */
    public RenewalSettings defaultKey(String name) {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("name: it is empty");
        }
        return with("default-key", name);
    }

    /** The name of the key that is never replaced or deleted. */
    public Optional<String> defaultKey() {
        return word("default-key");
    }

    /**
     * Adds what is filled in for a key; the first certificate is then requested automatically, if a policy is set.
     *
     * @param fields those of the same key name are replaced; not null
     * @throws IllegalArgumentException if there are more than 1000
     */
    public RenewalSettings requesting(RequestFields fields) {
        List<RequestFields> changed = new ArrayList<>(requests);
        changed.removeIf(each -> each.keyName().equals(fields.keyName()));
        changed.add(fields);
        range("requests", changed.size(), MOST_REQUESTS);
        return new RenewalSettings(words, changed);
    }

    /** What is filled in, a set of fields for each key; not modifiable. */
    public List<RequestFields> requests() {
        return requests;
    }

    Optional<RequestFields> request(String keyName) {
        return requests.stream().filter(each -> each.keyName().equals(keyName)).findFirst();
    }

    private static int range(String name, int value, int most) {
        if (value < 1 || value > most) {
            throw new IllegalArgumentException(name + ": " + value + ", must be 1 to " + most);
        }
        return value;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RenewalSettings that && words.equals(that.words) && requests.equals(that.requests);
    }

    @Override
    public int hashCode() {
        return 31 * words.hashCode() + requests.hashCode();
    }

    /** The document. */
    @Override
    public String toString() {
        return toText();
    }
}
