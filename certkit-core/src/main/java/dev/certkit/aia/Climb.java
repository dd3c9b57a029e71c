package dev.certkit.aia;

import dev.certkit.aia.Completion.Attempt;
import dev.certkit.aia.Completion.Outcome;
import dev.certkit.format.Certificates;
import dev.certkit.format.DecodingLimits;
import dev.certkit.format.MalformedEncodingException;
import dev.certkit.http.HttpAnswer;
import dev.certkit.http.HttpCall;
import dev.certkit.http.UnreachableException;
import dev.certkit.identity.CertificateChain;
import dev.certkit.identity.CertificatePool;
import dev.certkit.identity.ChainGap;
import dev.certkit.x509.EncodedCertificate;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One chain on its way up, with what was fetched for it so far. */
final class Climb {
    private static final int MAX_CALLS = 4;
    private static final DecodingLimits LIMITS =
            DecodingLimits.standard().maxBytes(IssuerFetcher.MAX_BYTES).maxItems(32);

    private final IssuerFetcher fetcher;
    private final List<EncodedCertificate> known;
    private final Map<URI, Attempt> attempts = new LinkedHashMap<>();
    private CertificateChain chain;
    private int calls;

    Climb(IssuerFetcher fetcher, CertificateChain chain) {
        this.fetcher = fetcher;
        this.chain = chain;
        this.known = new ArrayList<>(chain.encoded());
    }

    Completion run() throws InterruptedIOException {
        Optional<ChainGap> gap = chain.gap();
        while (gap.isPresent() && isClosed(gap.get())) {
            gap = chain.gap();
        }
        return new Completion(chain, List.copyOf(attempts.values()));
    }

    private boolean isClosed(ChainGap gap) throws InterruptedIOException {
        for (URI location : gap.locations()) {
            if (!attempts.containsKey(location)) {
                Attempt attempt = attempt(location);
                attempts.put(location, attempt);
                if (attempt.outcome() == Outcome.USED) {
                    return true;
                }
            }
        }
        return false;
    }

    private Attempt attempt(URI location) throws InterruptedIOException {
        if (!fetcher.allows(location)) {
            return new Attempt(location, Outcome.NOT_ALLOWED, "not called, because no rule allows this host and port");
        }
        if (calls == MAX_CALLS) {
            return new Attempt(location, Outcome.TOO_MANY, "not called, because " + MAX_CALLS + " places were already");
        }
        calls++;
        try {
            return judged(location, fetcher.transport().exchange(HttpCall.get(location)));
        } catch (InterruptedIOException e) {
            throw e;
        } catch (UnreachableException e) {
            Outcome outcome = e.bodyLimit().isPresent() ? Outcome.TOO_LARGE : Outcome.UNREACHABLE;
            return new Attempt(location, outcome, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return new Attempt(location, Outcome.UNREACHABLE, "the transport failed");
        }
    }

    private Attempt judged(URI location, HttpAnswer answer) {
        if (!answer.isSuccess()) {
            return new Attempt(location, Outcome.BAD_STATUS, "answered with the status " + answer.status());
        }
        byte[] body = answer.body();
        if (body.length > IssuerFetcher.MAX_BYTES) {
            return new Attempt(
                    location,
                    Outcome.TOO_LARGE,
                    body.length + " octets came, and " + IssuerFetcher.MAX_BYTES + " are accepted");
        }
        try {
            return used(location, Certificates.decodeEncoded(body, LIMITS));
        } catch (MalformedEncodingException e) {
            return new Attempt(location, Outcome.NO_CERTIFICATE, "what came is no certificate: " + e.getMessage());
        }
    }

    private Attempt used(URI location, List<EncodedCertificate> fetched) {
        List<EncodedCertificate> all = new ArrayList<>(known);
        all.addAll(fetched);
        CertificateChain longer = CertificateChain.assemble(chain.leaf(), CertificatePool.ofEncoded(all));
        if (longer.encoded().size() <= chain.encoded().size() && longer.gap().isPresent()) {
            return new Attempt(
                    location,
                    Outcome.WRONG_CERTIFICATE,
                    "has " + fetched.size() + (fetched.size() == 1 ? " certificate" : " certificates")
                            + ", none of which leads further up");
        }
        known.addAll(fetched);
        chain = longer;
        return new Attempt(location, Outcome.USED, "used");
    }
}
