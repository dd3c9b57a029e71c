package dev.certkit.store.jdbc;

import dev.certkit.store.RecordName;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Optional;

/**
 * A data base, its driver or the pool before it failed.
 *
 * <p>The message says what was being done, to what, what the data base said, and what to do. Its cause is the driver's
 * {@link SQLException}.
 */
public final class DatabaseFailedException extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient Optional<RecordName> name;
    private final String sqlState;
    private final boolean isOutcomeUnknown;

    DatabaseFailedException(String message, Optional<RecordName> name, SQLException cause, boolean isOutcomeUnknown) {
        super(message, cause);
        this.name = name;
        this.sqlState = state(cause);
        this.isOutcomeUnknown = isOutcomeUnknown;
    }

    static String state(SQLException e) {
        return e.getSQLState() == null ? "" : e.getSQLState();
    }

    /**
     * Which record it was about.
     *
     * @return empty if it was about a shelf or the storage
     */
    public Optional<RecordName> name() {
        return name;
    }

    /**
     * The SQLSTATE of the failure.
     *
     * @return five characters, or an empty text if the driver told none
     */
    public String sqlState() {
        return sqlState;
    }

    /**
     * Whether a write may have been done all the same.
     *
     * <p>A server that is crashing may show the record as it was before, and as it was written after its recovery. So trust
     * no look at it, but a write that expects the revision seen: it is refused if the one before was done.
     *
     * @return true if the connection was lost while it was committed, as a whole or not at all; false if nothing was changed
     */
    public boolean isOutcomeUnknown() {
        return isOutcomeUnknown;
    }
}
