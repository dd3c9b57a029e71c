package dev.certkit.renew;

/** How far a request has come; package-info has the picture. */
enum Phase {
    /** Nothing is under way; the time of the next request is chosen. */
    PLANNED,
    /** A request is begun in the history; its key may or may not be stored. */
    STARTED,
    /** Key and request are stored; the authority may or may not have seen it. */
    SENDING,
    /** The authority has it, and somebody decides. */
    WAITING,
    /** The new pair is in use; whoever uses it must take it. */
    TAKING,
    /** It is taken; what it replaces goes. */
    CLEANING
}
