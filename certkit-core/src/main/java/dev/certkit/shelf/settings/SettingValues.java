package dev.certkit.shelf.settings;

import dev.certkit.key.Passphrase;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The settings at one moment. Immutable and thread safe; a change gives new values, which {@link Settings} store. */
public final class SettingValues {
    private final List<Parameter> parameters;
    private final Map<String, String> values;
    private final Map<String, String> unknown;
    private final long version;

    SettingValues(List<Parameter> parameters, Map<String, String> values, Map<String, String> unknown, long version) {
        this.parameters = parameters;
        this.values = Collections.unmodifiableMap(new TreeMap<>(values));
        this.unknown = Collections.unmodifiableMap(new TreeMap<>(unknown));
        this.version = version;
    }

    static SettingValues none(List<Parameter> parameters) {
        return new SettingValues(parameters, Map.of(), Map.of(), 0);
    }

    /** How often they were changed: 0 before the first change; the same on a master and on who follows it. */
    public long version() {
        return version;
    }

    /** The parameters that are known, in the order in which they were named; not modifiable. */
    public List<Parameter> parameters() {
        return parameters;
    }

    /** Names of parameters that were kept without being known; their values may be secrets, and are not shown. */
    public List<String> unknown() {
        return List.copyOf(unknown.keySet());
    }

    /**
     * Whether a switch is on; off if it is not set.
     *
     * @param parameter a flag among {@link #parameters()}; not null
     * @throws IllegalArgumentException if it is none
     */
    public boolean flag(Parameter parameter) {
        return "1".equals(values.get(known(parameter, Parameter.Kind.FLAG)));
    }

    /**
     * A number; empty if it is not set.
     *
     * @param parameter a number among {@link #parameters()}; not null
     * @throws IllegalArgumentException if it is none
     */
    public OptionalLong number(Parameter parameter) {
        String value = values.get(known(parameter, Parameter.Kind.NUMBER));
        return value == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(value));
    }

    /**
     * A text; empty if it is not set.
     *
     * @param parameter a text among {@link #parameters()}, no secret; not null
     * @throws IllegalArgumentException if it is none
     */
    public Optional<String> text(Parameter parameter) {
        return Optional.ofNullable(values.get(known(parameter, Parameter.Kind.TEXT)));
    }

    /**
     * A secret, which the caller closes; empty if it is not set.
     *
     * @param parameter a secret among {@link #parameters()}; not null
     * @throws IllegalArgumentException if it is none
     */
    public Optional<Passphrase> secret(Parameter parameter) {
        return Optional.ofNullable(values.get(known(parameter, Parameter.Kind.SECRET)))
                .map(Passphrase::of);
    }

    /** Whether every certificate of a server is taken; off by default. */
    public boolean acceptsAllCertificates() {
        return flag(Parameter.ACCEPT_ALL_CERTIFICATES);
    }

    /** The user for HTTP digest. */
    public Optional<String> digestUser() {
        return text(Parameter.DIGEST_USER);
    }

    /** The password for HTTP digest, which the caller closes. */
    public Optional<Passphrase> digestPassword() {
        return secret(Parameter.DIGEST_PASSWORD);
    }

    /**
     * The same with another value.
     *
     * @param parameter among {@link #parameters()}; not null
     * @param value as documents write it: 0 or 1 for a flag; not null
     * @throws IllegalArgumentException if the parameter is not known, or may not have the value
     */
    public SettingValues with(Parameter parameter, String value) {
        String name = known(parameter, parameter.kind());
        parameter.objection(value).ifPresent(objection -> {
            throw new IllegalArgumentException("value: of " + name + ", " + objection);
        });
        Map<String, String> changed = new TreeMap<>(values);
        changed.put(name, value);
        return new SettingValues(parameters, changed, unknown, version);
    }

    /**
     * The same with another secret.
     *
     * @param parameter a secret among {@link #parameters()}; not null
     * @param value copied; not null
     * @throws IllegalArgumentException if the parameter is not known, or may not have the value
     */
    public SettingValues with(Parameter parameter, Passphrase value) {
        known(parameter, Parameter.Kind.SECRET);
        String text = value.use(chars -> new String(chars));
        return with(parameter, text);
    }

    /**
     * The same without a value.
     *
     * @param parameter among {@link #parameters()}; not null
     * @throws IllegalArgumentException if it is not known
     */
    public SettingValues without(Parameter parameter) {
        Map<String, String> changed = new TreeMap<>(values);
        changed.remove(known(parameter, parameter.kind()));
        return new SettingValues(parameters, changed, unknown, version);
    }

    private String known(Parameter parameter, Parameter.Kind kind) {
        if (parameter.kind() != kind || !parameters.contains(parameter)) {
            throw new IllegalArgumentException(
                    "parameter: " + parameter + " is no " + kind + " among those that these settings know");
        }
        return parameter.name();
    }

    Map<String, String> values() {
        return values;
    }

    Map<String, String> unknownValues() {
        return unknown;
    }

    /** What documents without secrets do not have. */
    Map<String, String> secrets() {
        Map<String, String> secrets = new TreeMap<>(values);
        secrets.keySet()
                .retainAll(parameters.stream()
                        .filter(Parameter::isSecret)
                        .map(Parameter::name)
                        .toList());
        return secrets;
    }

    SettingValues version(long number) {
        return new SettingValues(parameters, values, unknown, number);
    }

    /** Whether the same values stand in both, whatever their versions. */
    boolean says(SettingValues other) {
        return values.equals(other.values) && unknown.equals(other.unknown);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SettingValues that && version == that.version && says(that);
    }

    @Override
    public int hashCode() {
        return Objects.hash(version, values.keySet());
    }

    /** The version and the names of what is set; no values. */
    @Override
    public String toString() {
        return "version " + version + ", set are " + values.keySet();
    }
}
