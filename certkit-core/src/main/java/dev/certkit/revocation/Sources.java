package dev.certkit.revocation;

import dev.certkit.internal.der.DerException;
import dev.certkit.internal.text.ForeignText;
import dev.certkit.key.CryptoProviders;
import dev.certkit.trust.TrustReason.RevocationUnknown.Cause;
import dev.certkit.x509.Fingerprint;
import dev.certkit.x509.GeneralName;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Asks the places that a certificate names, and remembers what they said; thread safe. */
final class Sources {
    private static final int STATUSES = 4096;
    private static final int NUMBERS = 1024;
    private static final long LIST_OCTETS = 16 << 20;

    private final CryptoProviders providers;
    private final Kept<Fingerprint, Status> statuses = new Kept<>(STATUSES, each -> 1);
    private final Kept<ListName, KeptList> lists = new Kept<>(LIST_OCTETS, kept -> kept.crl.octets());
    private final Kept<ListName, BigInteger> numbers = new Kept<>(NUMBERS, each -> 1);
    private final Kept<URI, Instant> failures = new Kept<>(NUMBERS, each -> 1);

    Sources(CryptoProviders providers) {
        this.providers = providers;
    }

    /** A list at a place, checked for one issuer. */
    private record ListName(URI uri, Fingerprint issuer) {}

    /** A list, and when it is fetched anew even if it is for use longer. */
    private record KeptList(Crl crl, Instant until) {}

    Kept<URI, Instant> failures() {
        return failures;
    }

    /** What is known, asking if need be; of several obstacles the one nearest to an answer, with all details. */
    Status status(Link link, Optional<byte[]> stapled, Calls calls, Freshness freshness) {
        Optional<Status> known = statuses.find(link.name()).filter(status -> isOfNow(status, freshness.now()));
        if (known.isPresent()) {
            return known.get();
        }
        List<Status.Unknown> obstacles = new ArrayList<>();
        List<Source> sources = new ArrayList<>();
        stapled.ifPresent(response -> sources.add(() -> stapled(link, response, calls, freshness)));
        try {
            link.responders().forEach(uri -> sources.add(() -> answered(link, uri, calls, freshness)));
            link.lists().forEach(place -> sources.add(() -> listed(link, place, calls, freshness)));
        } catch (IOException e) {
            obstacles.add(new Status.Unknown(Cause.BROKEN, "its places cannot be read"));
        }
        for (Source source : sources) {
            Status status = source.ask();
            if (!(status instanceof Status.Unknown unknown)) {
                statuses.put(link.name(), status);
                return status;
            }
            obstacles.add(unknown);
        }
        return nearest(obstacles);
    }

    private interface Source {
        Status ask();
    }

    private static boolean isOfNow(Status status, Instant now) {
        return (status instanceof Status.Good good && now.isBefore(good.until()))
                || (status instanceof Status.Revoked revoked && now.isBefore(revoked.until()));
    }

    private static Status nearest(List<Status.Unknown> obstacles) {
        Cause cause = Cause.NO_SOURCE;
        List<String> details = new ArrayList<>();
        for (Status.Unknown each : obstacles) {
            cause = each.cause().compareTo(cause) > 0 ? each.cause() : cause;
            details.add(each.detail());
        }
        return new Status.Unknown(
                cause, details.isEmpty() ? "it names no place to ask over HTTP" : String.join("; ", details));
    }

    private Status stapled(Link link, byte[] response, Calls calls, Freshness freshness) {
        try {
            OcspReply reply = OcspReply.decode(response);
            signer(link, calls, freshness).check(reply);
            return reply.status(OcspQuestion.ofOthers(link), freshness);
        } catch (UnusableException e) {
            return e.status("the stapled answer");
        }
    }

    private Status answered(Link link, URI uri, Calls calls, Freshness freshness) {
        try {
            OcspQuestion question = OcspQuestion.about(link, providers.random());
            OcspReply reply = OcspReply.decode(calls.post(uri, "application/ocsp-request", question.encoded()));
            signer(link, calls, freshness).check(reply);
            reply.checkNonce(question.nonce());
            return reply.status(question, freshness);
        } catch (UnusableException e) {
            return e.status(shown(uri));
        } catch (DerException | IllegalArgumentException e) {
            return new Status.Unknown(Cause.BROKEN, shown(uri) + ": it cannot be asked about this certificate");
        }
    }

    private OcspSigner signer(Link link, Calls calls, Freshness freshness) {
        return new OcspSigner(link, providers, freshness.now(), delegate -> byLists(delegate, calls, freshness));
    }

    /** Responders are not asked about responders, which could go in circles. */
    private Status byLists(Link link, Calls calls, Freshness freshness) {
        List<Status.Unknown> obstacles = new ArrayList<>();
        try {
            for (Link.Place place : link.lists()) {
                Status status = listed(link, place, calls, freshness);
                if (!(status instanceof Status.Unknown unknown)) {
                    return status;
                }
                obstacles.add(unknown);
            }
        } catch (IOException e) {
            obstacles.add(new Status.Unknown(Cause.BROKEN, "its places cannot be read"));
        }
        return nearest(obstacles);
    }

    private Status listed(Link link, Link.Place place, Calls calls, Freshness freshness) {
        ListName name = new ListName(place.uri(), link.issuer().fingerprint());
        List<byte[]> placeNames =
                place.names().stream().map(GeneralName::encoded).toList();
        try {
            Optional<KeptList> kept =
                    lists.find(name).filter(list -> freshness.now().isBefore(list.until));
            if (kept.isPresent()) {
                return kept.get().crl.status(link, placeNames, freshness.until(kept.get().until));
            }
            Crl fetched = Crl.decode(calls.get(place.uri()), link, providers);
            if (!fetched.isAtLeast(numbers.find(name))) {
                throw new UnusableException(Cause.BROKEN, "an older list than the one that was there before");
            }
            Status status = fetched.status(link, placeNames, freshness);
            fetched.number().ifPresent(number -> numbers.put(name, number));
            lists.put(name, new KeptList(fetched, freshness.end()));
            return status;
        } catch (UnusableException e) {
            return e.status(shown(place.uri()));
        } catch (IllegalArgumentException e) {
            return new Status.Unknown(Cause.BROKEN, shown(place.uri()) + ": it cannot be called");
        }
    }

    private static String shown(URI uri) {
        return ForeignText.shownInAscii(uri.getScheme() + "://" + uri.getRawAuthority() + uri.getRawPath());
    }
}
