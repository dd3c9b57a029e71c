package dev.certkit.shelf.trust;

import dev.certkit.x509.EncodedCertificate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The marks of the certificates that were seen last, which come again in each handshake; thread safe. */
final class KnownMarks {
    private static final int KEPT = 1024;
    /** Strangers must not fill the memory. */
    private static final int MOST_OCTETS = 8 << 10;

    private final Map<EncodedCertificate, Marks> known = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<EncodedCertificate, Marks> eldest) {
            return size() > KEPT;
        }
    };

    Marks of(EncodedCertificate certificate) {
        synchronized (known) {
            Marks marks = known.get(certificate);
            if (marks != null) {
                return marks;
            }
        }
        Marks made = Marks.of(certificate);
        if (certificate.encoded().length <= MOST_OCTETS) {
            synchronized (known) {
                known.put(certificate, made);
            }
        }
        return made;
    }

    /** In the same order. */
    List<Marks> of(List<EncodedCertificate> certificates) {
        List<Marks> all = new ArrayList<>(certificates.size());
        for (EncodedCertificate each : certificates) {
            all.add(of(each));
        }
        return all;
    }
}
