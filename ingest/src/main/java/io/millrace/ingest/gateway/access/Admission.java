package io.millrace.ingest.gateway.access;

/** What a guard says of a request. */
public sealed interface Admission {

    record Admitted(Caller caller) implements Admission {}

    /** The credentials are missing or no good; the reason holds nothing of them. */
    record Denied(String reason) implements Admission {}

    /** Nobody can tell now: the issuer's keys can't be had. */
    record Undecided(String reason) implements Admission {}
}
