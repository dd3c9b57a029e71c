package dev.certkit.shelf;

import dev.certkit.format.MalformedEncodingException;
import dev.certkit.internal.text.PrintableText;
import dev.certkit.store.RecordContent;
import dev.certkit.store.StoredRecord;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The record of an endpoint, as text that a person can read.
 *
 * <pre>
 * certkit endpoint 1
 * identity: web              (which it is bound to)
 * next: web-2027             (which it is going to be bound to, while that is being done)
 * </pre>
 */
record EndpointText(Optional<String> identity, Optional<String> next) {
    private static final String FIRST_LINE = "certkit endpoint 1\n";
    private static final String IDENTITY = "identity: ";
    private static final String NEXT = "next: ";

    static EndpointText boundTo(String identity) {
        return new EndpointText(Optional.of(identity), Optional.empty());
    }

    EndpointText aboutToUse(String identity) {
        return new EndpointText(this.identity, Optional.of(identity));
    }

    boolean mentions(String name) {
        return Stream.concat(identity.stream(), next.stream()).anyMatch(name::equals);
    }

    static EndpointText decode(StoredRecord record) throws MalformedEncodingException {
        String text = new String(record.content().payload(), StandardCharsets.UTF_8);
        if (!text.startsWith(FIRST_LINE)) {
            throw new MalformedEncodingException("record " + record.name(), "it is no endpoint of format 1; unbind it");
        }
        try {
            EndpointText endpoint = new EndpointText(line(text, IDENTITY), line(text, NEXT));
            if (endpoint.identity.isEmpty() && endpoint.next.isEmpty()) {
                throw new MalformedEncodingException("record " + record.name(), "it names no identity; unbind it");
            }
            return endpoint;
        } catch (IllegalArgumentException e) {
            throw new MalformedEncodingException("record " + record.name(), "a line of it is damaged; unbind it", e);
        }
    }

    private static Optional<String> line(String text, String label) {
        return text.lines()
                .filter(line -> line.startsWith(label))
                .map(line -> PrintableText.parse(line.substring(label.length())))
                .findFirst();
    }

    RecordContent encode() {
        StringBuilder text = new StringBuilder(FIRST_LINE);
        identity.ifPresent(
                name -> text.append(IDENTITY).append(PrintableText.of(name)).append('\n'));
        next.ifPresent(name -> text.append(NEXT).append(PrintableText.of(name)).append('\n'));
        return RecordContent.of(text.toString().getBytes(StandardCharsets.UTF_8));
    }
}
