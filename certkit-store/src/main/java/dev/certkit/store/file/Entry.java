package dev.certkit.store.file;

import dev.certkit.store.RecordHeader;
import dev.certkit.store.RecordName;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is known of a record without its payload.
 *
 * @param header of the generation in use; of a broken record, without time and fingerprint
 * @param others further generations on the disk: the one before, and newer ones that are damaged
 * @param isBroken no generation could be read
 */
record Entry(RecordHeader header, List<Long> others, boolean isBroken) {
    static Entry broken(RecordName name, List<Long> revisions) {
        RecordHeader header = new RecordHeader(name, revisions.get(0), Optional.empty(), Optional.empty());
        return new Entry(header, revisions.subList(1, revisions.size()), true);
    }

    List<Long> revisions() {
        return Stream.concat(Stream.of(header.revision()), others.stream()).toList();
    }
}
