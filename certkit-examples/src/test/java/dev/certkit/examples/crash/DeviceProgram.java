package dev.certkit.examples.crash;

import dev.certkit.issue.CertificateAuthority;
import dev.certkit.key.KeyType;
import dev.certkit.key.Passphrase;
import dev.certkit.renew.RenewalPolicy;
import dev.certkit.renew.Renewer;
import dev.certkit.renew.RequestFields;
import dev.certkit.renew.RequestStatus;
import dev.certkit.scep.ScepClient;
import dev.certkit.shelf.Identities;
import dev.certkit.store.RecordHeader;
import dev.certkit.store.Shelf;
import dev.certkit.store.Storage;
import dev.certkit.store.file.DirectoryStorage;
import dev.certkit.x509.DistinguishedName;
import dev.certkit.x509.Fingerprint;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A device: enrols, and renews every hour of its clock, which it moves on instead of waiting. */
final class DeviceProgram {
    static final String NAME = "web";
    static final RequestFields FIELDS = RequestFields.of(
                    NAME, DistinguishedName.cn("printer-7.example.fr").o("Acme"))
            .keyType(KeyType.RSA_2048);
    private static final Duration LEASE = Duration.ofMinutes(1);

    private final Path place;
    private final SharedClock clock;
    private final CrashPoints points;

    private DeviceProgram(Path place, CrashPoints points) {
        this.place = place;
        this.clock = new SharedClock(place.resolve("clock"));
        this.points = points;
    }

    /** The directory, the server, its authority's fingerprint, the fatal point or 0, and how many certificates to take. */
    public static void main(String[] args) throws IOException {
        DeviceProgram device = new DeviceProgram(Path.of(args[0]), new CrashPoints(Integer.parseInt(args[3])));
        ScepClient client = ScepClient.at(URI.create(args[1]))
                .trustingCa(Fingerprint.parse(args[2]))
                .clock(device.clock);
        System.out.println("ready");
        device.run(client, Integer.parseInt(args[4]));
        System.out.println("done");
    }

    private void run(ScepClient client, int certificates) throws IOException {
        try (Storage disk = storage(place, clock)) {
            Storage storage = points.around(disk);
            Identities identities = Identities.in(storage).clock(clock).unencrypted();
            Renewer renewer = renewer(identities, points.around(CertificateAuthority.class, client));
            for (int taken = 0; taken < certificates; ) {
                int before = taken().size();
                renewer.runDueOnce(1);
                RequestStatus status = renewer.status(NAME);
                taken += taken().size() - before;
                if (status.state() != RequestStatus.State.PROCESSING || isClaimed(storage)) {
                    waitForNext(storage);
                }
            }
        }
    }

    static Storage storage(Path place, SharedClock clock) throws IOException {
        return DirectoryStorage.draft(place.resolve("store")).clock(clock).open();
    }

    private boolean isClaimed(Storage storage) throws IOException {
        return storage.dueBefore(Shelf.of("renewals"), clock.instant(), 1).isEmpty();
    }

    private void waitForNext(Storage storage) throws IOException {
        List<RecordHeader> due = storage.dueBefore(Shelf.of("renewals"), Instant.parse("9000-01-01T00:00:00Z"), 1);
        if (!due.isEmpty()) {
            clock.moveTo(due.get(0).nextAt().orElseThrow());
        }
    }

    private Renewer renewer(Identities identities, CertificateAuthority authority) {
        return Renewer.of(identities, authority)
                .clock(clock)
                .at(RenewalPolicy.every(Duration.ofHours(1)))
                .requesting(FIELDS)
                .leasing(LEASE)
                .challenges(name -> Optional.of(Passphrase.of(Files.readString(place.resolve("challenge")))))
                .after((name, key) -> {
                    points.pass("before taking");
                    Files.writeString(
                            place.resolve("taken"),
                            key.chain().fingerprint() + "\n",
                            StandardOpenOption.CREATE,
                            StandardOpenOption.APPEND);
                    points.pass("after taking");
                })
                .open();
    }

    private List<String> taken() throws IOException {
        Path file = place.resolve("taken");
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }
}
