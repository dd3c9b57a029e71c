package dev.certkit.scep;

import dev.certkit.format.MalformedEncodingException;
import dev.certkit.store.RecordHeader;
import dev.certkit.store.RecordName;
import dev.certkit.store.Shelf;
import dev.certkit.store.StaleRecordException;
import dev.certkit.store.Storage;
import dev.certkit.store.StoredRecord;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Where transactions are kept: a record for each order, named after its owner and what it asks for. */
final class TransactionShelf {
    private static final Shelf SHELF = Shelf.of("scep-transactions");
    private static final Instant FOREVER = Instant.parse("9999-12-31T00:00:00Z");
    private static final int ORDERS_OF_AN_OWNER = 64;

    private final Storage storage;

    TransactionShelf(Storage storage) {
        this.storage = Objects.requireNonNull(storage, "storage");
    }

    /** The place of one transaction, and what was there when it was read. */
    record Slot(RecordName name, Optional<StoredRecord> stored) {
        Optional<Transaction> transaction() throws MalformedEncodingException {
            return stored.isPresent() ? Optional.of(Transaction.of(stored.get())) : Optional.empty();
        }
    }

    Slot find(Order order) throws IOException {
        return find(SHELF.name(order.owner() + "-" + order.digest()));
    }

    Slot find(RecordName name) throws IOException {
        return new Slot(name, storage.find(name));
    }

    /** The youngest order of an owner; a poll does not say which it means (RFC 8894, section 3.3.3). */
    Optional<Slot> latest(String owner) throws IOException {
        Optional<Slot> latest = Optional.empty();
        Instant since = Instant.MIN;
        for (RecordHeader header : storage.list(SHELF, Optional.of(owner), ORDERS_OF_AN_OWNER)) {
            if (!header.name().text().startsWith(owner + "-")) {
                break;
            }
            Slot slot = find(header.name());
            Optional<Transaction> transaction = slot.transaction();
            if (transaction.isPresent() && transaction.get().since().isAfter(since)) {
                latest = Optional.of(slot);
                since = transaction.get().since();
            }
        }
        return latest;
    }

    /** The longest waiting first. */
    List<WaitingRequest> waiting(int limit) throws IOException {
        List<WaitingRequest> all = new ArrayList<>();
        for (RecordHeader header : storage.dueBefore(SHELF, FOREVER, limit)) {
            Optional<Transaction> transaction = find(header.name()).transaction();
            if (transaction.isPresent() && transaction.get().state() == Transaction.State.WAITING) {
                all.add(transaction.get().asWaiting(header.name()));
            }
        }
        return all;
    }

    boolean hasWaiting(int atLeast) throws IOException {
        return storage.dueBefore(SHELF, FOREVER, atLeast).size() >= atLeast;
    }

    /**
     * Writes the next state.
     *
     * @throws StaleRecordException if somebody else wrote since the slot was read
     */
    Slot write(Slot slot, Transaction next) throws IOException {
        StoredRecord written = slot.stored().isPresent()
                ? storage.replace(slot.stored().get(), next.content())
                : storage.create(slot.name(), next.content());
        return new Slot(slot.name(), Optional.of(written));
    }
}
