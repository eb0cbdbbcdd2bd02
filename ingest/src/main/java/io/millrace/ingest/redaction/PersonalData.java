package io.millrace.ingest.redaction;

/** The kinds of personal data that are recognised; a placeholder bears the kind's name. */
public enum PersonalData {
    EMAIL,
    IBAN,
    /** Payment card numbers. */
    CARD,
    PHONE,
    /** Numbers that a state gives to a person. */
    NATIONAL_ID,
    /** IPv4 and IPv6 addresses. */
    IP,
    /** What opens a door: passwords, keys, tokens, credentials in URLs. */
    SECRET,
    /** Names that the {@linkplain RedactionRules rules} list. */
    NAME
}
