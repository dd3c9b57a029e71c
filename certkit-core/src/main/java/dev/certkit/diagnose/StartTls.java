package dev.certkit.diagnose;

/** The protocols in which a connection begins in clear and turns to TLS. */
public enum StartTls {
    /** Mail submission and transfer (RFC 3207). */
    SMTP("220", "EHLO certkit.invalid", "STARTTLS"),
    /** Mail reading (RFC 3501, section 6.2.1). */
    IMAP("* OK", "a CAPABILITY", "b STARTTLS"),
    /** Mail fetching (RFC 2595, section 4). */
    POP3("+OK", "CAPA", "STLS");

    private final String greeting;
    private final String question;
    private final String command;

    StartTls(String greeting, String question, String command) {
        this.greeting = greeting;
        this.question = question;
        this.command = command;
    }

    String greeting() {
        return greeting;
    }

    /** Asks what the server can do. */
    String question() {
        return question;
    }

    String command() {
        return command;
    }

    /** The word by which the server offers it. */
    String offer() {
        return this == POP3 ? "STLS" : "STARTTLS";
    }

    /** Whether a line is the last one of an answer. */
    boolean isLast(String line) {
        return switch (this) {
            case SMTP -> line.length() < 4 || line.charAt(3) != '-';
            case IMAP -> !line.startsWith("* ");
            case POP3 -> line.equals(".") || line.startsWith("-ERR");
        };
    }

    boolean agrees(String line) {
        return switch (this) {
            case SMTP -> line.startsWith("220");
            case IMAP -> line.startsWith("b OK");
            case POP3 -> line.startsWith("+OK");
        };
    }
}
