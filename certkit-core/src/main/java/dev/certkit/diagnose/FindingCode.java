package dev.certkit.diagnose;

import dev.certkit.diagnose.Finding.Severity;
import dev.certkit.trust.TrustCode;

/** The kinds of finding, each with its usual severity and remedy; names stay, so that they may be stored. */
public enum FindingCode {
    /** The host name has no address. */
    NAME_UNKNOWN(Severity.ERROR, "check the spelling of the host name, and the DNS"),
    /** Nobody listens on that port. */
    CONNECTION_REFUSED(Severity.ERROR, "check the port, and that the service runs"),
    /** No connection came to stand. */
    UNREACHABLE(Severity.ERROR, "check that the host is up, and what network, routing and firewalls do"),
    /** No connection came to stand in time. */
    CONNECT_TIMEOUT(Severity.ERROR, "check address and firewall, or allow more time"),
    /** The proxy could not be reached. */
    PROXY_UNREACHABLE(Severity.ERROR, "check the address of the proxy, and that it runs"),
    /** The proxy does not let the connection through. */
    PROXY_REFUSED(Severity.ERROR, "have the proxy allow CONNECT to this host and port"),
    /** The proxy wants a password. */
    PROXY_WANTS_PASSWORD(Severity.ERROR, "diagnose from a place where the proxy asks for none, or without the proxy"),
    /** It speaks another protocol than the one that STARTTLS belongs to. */
    STARTTLS_OTHER_PROTOCOL(Severity.ERROR, "check the port, and diagnose without STARTTLS if it speaks TLS at once"),
    /** It does not offer STARTTLS. */
    STARTTLS_NOT_OFFERED(Severity.ERROR, "switch STARTTLS on at the server, and give it a certificate"),
    /** It offers STARTTLS and refuses it. */
    STARTTLS_REFUSED(Severity.ERROR, "look into the server's log; its certificate or key may not be readable"),
    /** It connected and said nothing. */
    NO_ANSWER(Severity.ERROR, "check that the port is one for TLS, and that the service is not overloaded"),
    /** It closed the connection without a TLS answer. */
    CLOSED(
            Severity.ERROR,
            "look into the server's log; it may want another protocol, a server name or an allowed peer"),
    /** It speaks HTTP without TLS on this port. */
    PLAIN_HTTP(Severity.ERROR, "use the port for https, or switch TLS on for this one"),
    /** It speaks something else than TLS on this port. */
    NOT_TLS(Severity.ERROR, "check the port; if the protocol has STARTTLS, diagnose with it"),
    /** It sends more than any TLS server would. */
    TOO_MUCH_DATA(Severity.ERROR, "check that this is the right server; have it send its own chain only"),
    /** It ends the handshake with an alert. */
    HANDSHAKE_REFUSED(Severity.ERROR, "look into the server's log for the alert; compare protocols and cipher suites"),
    /** The handshake fails on this side. */
    HANDSHAKE_FAILED(Severity.ERROR, "see the other findings; if there are none, look into the server's log"),
    /** It does not know the server name. */
    SERVER_NAME_UNKNOWN(Severity.ERROR, "set this name up at the server, or ask by a name that it serves"),
    /** It wants a server name (RFC 6066), and none could be sent. */
    SERVER_NAME_NEEDED(Severity.ERROR, "connect by a host name, or name the server in the diagnosis"),
    /** Clients that send no server name get another certificate, or none. */
    SERVER_NAME_MATTERS(Severity.NOTE, "nothing, unless old clients connect, which send no server name"),
    /** It ends the handshake unless the client has a certificate. */
    CLIENT_CERTIFICATE_NEEDED(
            Severity.ERROR, "give the client a certificate of one of the issuers that the server names"),
    /** It asks for a client certificate and goes on without. */
    CLIENT_CERTIFICATE_WANTED(Severity.NOTE, "nothing, unless the client should identify itself"),
    /** It speaks neither TLS 1.2 nor 1.3. */
    NO_CURRENT_PROTOCOL(Severity.ERROR, "switch TLS 1.2 and 1.3 on; if it cannot, replace its software"),
    /** It speaks a protocol that is forbidden by RFC 8996 or RFC 7568. */
    OLD_PROTOCOL(Severity.WARNING, "switch this protocol off"),
    /** It does not speak TLS 1.3. */
    NO_TLS_1_3(Severity.NOTE, "switch TLS 1.3 on when the software allows it"),
    /** It agrees to a cipher suite that is broken. */
    WEAK_CIPHER(Severity.WARNING, "switch the suite off; keep AES-GCM and ChaCha20 with ECDHE"),
    /** It prefers a cipher suite by which a stolen key opens recorded connections. */
    NO_FORWARD_SECRECY(Severity.WARNING, "prefer suites with ECDHE"),
    /** Time was up before all was looked at. */
    INCOMPLETE(Severity.NOTE, "allow more time, or try again when server and network are less busy"),

    /** An issuer that should be sent is not. */
    MISSING_INTERMEDIATE(
            Severity.ERROR,
            "put the missing certificate after the one that it issued; if it is a root, trust it where you mean to"),
    /** The chain ends below an issuer that is not there. */
    OPEN_CHAIN(
            Severity.NOTE, "add the issuer's certificate if it is no root; if it is one, trust it where you mean to"),
    /** Issuers do not follow what they issued. */
    WRONG_ORDER(Severity.WARNING, "put the certificates in the order that is shown, the peer's own first"),
    /** A certificate belongs to no chain of the peer's. */
    SUPERFLUOUS(Severity.NOTE, "leave it out"),
    /** A certificate is there more than once. */
    DUPLICATE(Severity.NOTE, "leave the copies out"),
    /** The root is sent, which nobody needs. */
    ROOT_SENT(Severity.NOTE, "leave the root out; who trusts it has it"),
    /** It is near its end. */
    EXPIRES_SOON(Severity.WARNING, "renew it now"),
    /** The root of the chain is not trusted here. */
    UNTRUSTED_ROOT(Severity.ERROR, "trust the root here if it is yours, or have the certificate issued by another"),
    /** A rule for certificates is broken, see {@link Finding.Lint}. */
    LINT(Severity.WARNING, "have it issued anew by the rule"),
    /** No certificate is there. */
    NO_CERTIFICATE(Severity.ERROR, "add the certificate, or request one"),
    /** What keeps the identity fails, or its record is damaged. */
    UNREADABLE(Severity.ERROR, "repair the storage, restore a copy, or delete the identity and request it anew"),
    /** A private key belongs to none of the certificates. */
    KEY_MISMATCH(Severity.ERROR, "find the certificate for this key, or the key for the certificate"),
    /** A certificate of nobody's authority has no private key with it. */
    NO_PRIVATE_KEY(Severity.NOTE, "add the private key, unless it is kept where the certificate goes"),
    /** Something is encrypted and was not opened. */
    LOCKED(Severity.WARNING, "give the passphrase"),
    /** Something is of no use, or damaged. */
    STRAY(Severity.NOTE, "leave it out, or repair it"),

    /** See {@link TrustCode#EXPIRED}. */
    EXPIRED(TrustCode.EXPIRED),
    /** See {@link TrustCode#NOT_YET_VALID}. */
    NOT_YET_VALID(TrustCode.NOT_YET_VALID),
    /** See {@link TrustCode#WRONG_NAME}. */
    WRONG_NAME(TrustCode.WRONG_NAME),
    /** See {@link TrustCode#UNKNOWN_ISSUER}. */
    UNKNOWN_ISSUER(TrustCode.UNKNOWN_ISSUER),
    /** See {@link TrustCode#SELF_SIGNED}. */
    SELF_SIGNED(TrustCode.SELF_SIGNED),
    /** See {@link TrustCode#BAD_SIGNATURE}. */
    BAD_SIGNATURE(TrustCode.BAD_SIGNATURE),
    /** See {@link TrustCode#WEAK_SIGNATURE}. */
    WEAK_SIGNATURE(TrustCode.WEAK_SIGNATURE),
    /** See {@link TrustCode#WEAK_KEY}. */
    WEAK_KEY(TrustCode.WEAK_KEY),
    /** See {@link TrustCode#NOT_AN_AUTHORITY}. */
    NOT_AN_AUTHORITY(TrustCode.NOT_AN_AUTHORITY),
    /** See {@link TrustCode#PATH_TOO_LONG}. */
    PATH_TOO_LONG(TrustCode.PATH_TOO_LONG),
    /** See {@link TrustCode#NAME_NOT_PERMITTED}. */
    NAME_NOT_PERMITTED(TrustCode.NAME_NOT_PERMITTED),
    /** See {@link TrustCode#WRONG_KEY_USAGE}. */
    WRONG_KEY_USAGE(TrustCode.WRONG_KEY_USAGE),
    /** See {@link TrustCode#WRONG_PURPOSE}. */
    WRONG_PURPOSE(TrustCode.WRONG_PURPOSE),
    /** See {@link TrustCode#UNKNOWN_CRITICAL_EXTENSION}. */
    UNKNOWN_CRITICAL_EXTENSION(TrustCode.UNKNOWN_CRITICAL_EXTENSION),
    /** See {@link TrustCode#MALFORMED}. */
    MALFORMED(TrustCode.MALFORMED),
    /** See {@link TrustCode#NO_VALID_POLICY}. */
    NO_VALID_POLICY(TrustCode.NO_VALID_POLICY),
    /** See {@link TrustCode#REVOKED}. */
    REVOKED(TrustCode.REVOKED),
    /** See {@link TrustCode#REVOCATION_UNKNOWN}. */
    REVOCATION_UNKNOWN(Severity.WARNING, TrustCode.REVOCATION_UNKNOWN.remedy()),
    /** See {@link TrustCode#REJECTED}. */
    REJECTED(TrustCode.REJECTED),
    /** See {@link TrustCode#LIMIT_EXCEEDED}. */
    LIMIT_EXCEEDED(TrustCode.LIMIT_EXCEEDED);

    private final Severity severity;
    private final String remedy;

    FindingCode(Severity severity, String remedy) {
        this.severity = severity;
        this.remedy = remedy;
    }

    FindingCode(TrustCode code) {
        this(Severity.ERROR, code.remedy());
    }

    static FindingCode of(TrustCode code) {
        return valueOf(code.name());
    }

    /** How bad it usually is. */
    public Severity severity() {
        return severity;
    }

    /** What a person can do about it. */
    public String remedy() {
        return remedy;
    }
}
