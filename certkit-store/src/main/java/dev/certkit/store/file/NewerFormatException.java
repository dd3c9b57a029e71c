package dev.certkit.store.file;

import java.io.IOException;

/** A whole file of a later format: going on without it would take an older generation for the newest. */
final class NewerFormatException extends IOException {
    private static final long serialVersionUID = 1L;

    NewerFormatException(String message) {
        super(message);
    }
}
