package dev.certkit.format;

import java.nio.ByteBuffer;
import java.security.PrivateKey;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What is found while an input is read; each kind keeps the order of the input. */
final class Findings {
    private final DecodingLimits limits;
    private final Set<X509Certificate> certificates = new LinkedHashSet<>();
    private final Map<ByteBuffer, PrivateKey> keys = new LinkedHashMap<>();
    private final Map<ByteBuffer, String> keyNames = new LinkedHashMap<>();
    private final Set<ByteBuffer> requests = new LinkedHashSet<>();
    private final Set<X509CRL> revocationLists = new LinkedHashSet<>();
    private final List<Pasted.Note> locked = new ArrayList<>();
    private final List<Pasted.Note> strays = new ArrayList<>();
    private int duplicates;
    private int items;

    Findings(DecodingLimits limits) {
        this.limits = limits;
    }

    void certificate(X509Certificate certificate) throws MalformedEncodingException {
        count(certificates.add(certificate));
    }

    void key(PrivateKey key) throws MalformedEncodingException {
        key(key, "");
    }

    /** The first name counts; a key without a name takes that of its copy. */
    void key(PrivateKey key, String name) throws MalformedEncodingException {
        ByteBuffer encoded = ByteBuffer.wrap(key.getEncoded());
        keyNames.merge(encoded, name, (first, other) -> first.isEmpty() ? other : first);
        count(keys.putIfAbsent(encoded, key) == null);
    }

    void request(byte[] der) throws MalformedEncodingException {
        count(requests.add(ByteBuffer.wrap(der)));
    }

    void revocationList(X509CRL list) throws MalformedEncodingException {
        count(revocationLists.add(list));
    }

    void locked(String place, String reason) throws MalformedEncodingException {
        count(locked.add(new Pasted.Note(place, reason)));
    }

    void stray(String place, String reason) throws MalformedEncodingException {
        count(strays.add(new Pasted.Note(place, reason)));
    }

    /** Either of the two, as the error says. */
    void failure(MalformedEncodingException e) throws MalformedEncodingException {
        if (e.needsPassphrase()) {
            locked(e.what(), e.reason());
        } else {
            stray(e.what(), e.reason());
        }
    }

    private void count(boolean isNew) throws MalformedEncodingException {
        items++;
        if (!isNew) {
            duplicates++;
        }
        if (items > limits.maxItems()) {
            throw new MalformedEncodingException(
                    "input", "more than " + limits.maxItems() + " items; raise DecodingLimits.maxItems or split it");
        }
    }

    Pasted found() throws MalformedEncodingException {
        Pasted pasted = new Pasted(
                new Pasted.Found(
                        List.copyOf(certificates),
                        List.copyOf(keys.values()),
                        List.copyOf(keyNames.values()),
                        requests.stream().map(ByteBuffer::array).toList(),
                        List.copyOf(revocationLists)),
                new Pasted.Remainder(List.copyOf(locked), List.copyOf(strays), duplicates));
        if (items == strays.size()) {
            throw new MalformedEncodingException("input", nothing());
        }
        return pasted;
    }

    private String nothing() {
        if (strays.isEmpty()) {
            return "nothing is in it; give PEM text, DER, PKCS#7, PKCS#12 or JKS";
        }
        StringBuilder seen = new StringBuilder("no certificate, key, request or revocation list could be read from it");
        strays.stream().limit(5).forEach(stray -> seen.append("; ").append(stray));
        if (strays.size() > 5) {
            seen.append("; and ").append(strays.size() - 5).append(" more");
        }
        return seen.toString();
    }
}
