package dev.certkit.format;

import dev.certkit.internal.der.DerException;
import dev.certkit.internal.der.DerValue;
import dev.certkit.key.Passphrase;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.spec.SecretKeySpec;

/** The keys derived for one input: parts with the same salt and rounds pay for them once; not thread safe. */
final class DerivedKeys {
    private final Map<Id, SecretKeySpec> known = new HashMap<>();

    /** Passphrases are the same only if they are one object. */
    private record Id(String derivation, Passphrase passphrase, String algorithm) {}

    /** Gives the key for a passphrase; its rounds are paid for. */
    interface Source {
        SecretKeySpec key(Passphrase passphrase, String algorithm) throws GeneralSecurityException;
    }

    /** Reads an AlgorithmIdentifier, and pays for a key of so many octets unless one is known. */
    Source source(DerValue algorithm, int octets, Decoding decoding) throws DerException, MalformedEncodingException {
        KeyDerivation derivation = KeyDerivation.read(algorithm.children(), decoding);
        String parameters = octets + " " + HexFormat.of().formatHex(algorithm.encoded());
        if (known.keySet().stream().noneMatch(id -> id.derivation.equals(parameters))) {
            decoding.spend(derivation.rounds(octets));
        }
        return (passphrase, name) -> {
            Id id = new Id(parameters, passphrase, name);
            SecretKeySpec key = known.get(id);
            if (key == null) {
                key = derivation.key(passphrase, name, octets);
                known.put(id, key);
            }
            return key;
        };
    }
}
