package dev.certkit.store.keystore;

import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.OptionalLong;

/** A key store file was not opened because another process, or this one, has it open. */
public final class KeyStoreInUseException extends FileSystemException {
    private static final long serialVersionUID = 1L;

    private final long pid;

    KeyStoreInUseException(Path file, OptionalLong pid) {
        super(
                file.toString(),
                null,
                "this key store is in use by " + (pid.isPresent() ? "process " + pid.getAsLong() : "another process")
                        + "; close the storage there first, or share that one");
        this.pid = pid.orElse(0);
    }

    /**
     * The process that has the file open.
     *
     * @return its id as the process sees it itself; empty if it has not written it yet
     */
    public OptionalLong pid() {
        return pid == 0 ? OptionalLong.empty() : OptionalLong.of(pid);
    }
}
