package dev.certkit.scep;

import dev.certkit.format.MalformedEncodingException;
import dev.certkit.internal.der.Der;
import dev.certkit.internal.der.DerException;
import dev.certkit.internal.x509.GeneralNames;
import dev.certkit.store.RecordContent;
import dev.certkit.store.StoredRecord;
import dev.certkit.x509.DistinguishedName;
import dev.certkit.x509.GeneralName;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;

/** The payload of a responder's record: a line {@code field: value} each, readable by people. Immutable. */
final class RecordFields {
    private final Map<String, String> values;

    private RecordFields(Map<String, String> values) {
        this.values = values;
    }

    static RecordFields none() {
        return new RecordFields(Map.of());
    }

    static RecordFields of(StoredRecord record) throws MalformedEncodingException {
        Map<String, String> values = new LinkedHashMap<>();
        String text = new String(record.content().payload(), StandardCharsets.UTF_8);
        for (String line : text.lines().toList()) {
            int colon = line.indexOf(": ");
            if (colon < 1) {
                throw damaged(record.name().toString());
            }
            values.put(line.substring(0, colon), line.substring(colon + 2));
        }
        return new RecordFields(values);
    }

    /** A value on one line; see {@link Shown} for what a stranger chose. */
    RecordFields with(Enum<?> field, String value) {
        if (value.indexOf('\n') >= 0) {
            throw new IllegalArgumentException("value: has a line end");
        }
        Map<String, String> more = new LinkedHashMap<>(values);
        more.put(name(field), value);
        return new RecordFields(more);
    }

    RecordFields with(Enum<?> field, byte[] value) {
        return with(field, Base64.getEncoder().encodeToString(value));
    }

    RecordFields with(Enum<?> field, Instant value) {
        return with(field, value.toString());
    }

    RecordFields with(Enum<?> field, List<GeneralName> names) {
        return with(field, Der.sequence(names.stream().map(GeneralName::encoded).toArray(byte[][]::new)));
    }

    RecordFields without(Enum<?> field) {
        Map<String, String> fewer = new LinkedHashMap<>(values);
        fewer.remove(name(field));
        return new RecordFields(fewer);
    }

    Optional<String> text(Enum<?> field) {
        return Optional.ofNullable(values.get(name(field)));
    }

    String required(Enum<?> field) throws MalformedEncodingException {
        return text(field).orElseThrow(() -> damaged(name(field)));
    }

    byte[] bytes(Enum<?> field) throws MalformedEncodingException {
        try {
            return Base64.getDecoder().decode(required(field));
        } catch (IllegalArgumentException e) {
            throw damaged(name(field));
        }
    }

    Instant instant(Enum<?> field) throws MalformedEncodingException {
        try {
            return Instant.parse(required(field));
        } catch (DateTimeParseException e) {
            throw damaged(name(field));
        }
    }

    DistinguishedName subject(Enum<?> field) throws MalformedEncodingException {
        try {
            return DistinguishedName.of(new X500Principal(bytes(field)));
        } catch (IllegalArgumentException e) {
            throw damaged(name(field));
        }
    }

    List<GeneralName> names(Enum<?> field) throws MalformedEncodingException {
        try {
            return GeneralNames.decode(bytes(field));
        } catch (DerException e) {
            throw damaged(name(field));
        }
    }

    RecordContent content() {
        StringBuilder text = new StringBuilder();
        values.forEach(
                (name, value) -> text.append(name).append(": ").append(value).append('\n'));
        return RecordContent.of(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    static MalformedEncodingException damaged(String what) {
        return new MalformedEncodingException(
                "stored SCEP record", what + " is missing or damaged; restore the storage from a backup");
    }

    private static String name(Enum<?> field) {
        return field.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
