package dev.certkit.store.file;

import dev.certkit.store.RecordName;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;

/** A record cannot be read, because none of its files is whole; all other records are served. */
public final class DamagedRecordException extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient RecordName name;
    private final transient List<DamagedFile> files;

    DamagedRecordException(RecordName name, List<DamagedFile> files) {
        super(name + " cannot be read: "
                + files.stream()
                        .map(damaged -> damaged.file() + " " + damaged.reason())
                        .collect(Collectors.joining("; "))
                + "; restore a file from a backup and call again, or remove the files and open the directory again");
        this.name = name;
        this.files = List.copyOf(files);
    }

    /**
     * Which record it is.
     *
     * @return its name
     */
    public RecordName name() {
        return name;
    }

    /**
     * What is wrong with its files.
     *
     * @return the newest first
     */
    public List<DamagedFile> files() {
        return files;
    }
}
