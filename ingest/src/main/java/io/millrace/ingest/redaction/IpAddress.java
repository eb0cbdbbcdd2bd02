package io.millrace.ingest.redaction;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * IPv4 addresses in dotted decimals and IPv6 addresses (RFC 4291, section 2.2). Those that name no
 * machine, such as 127.0.0.1, 0.0.0.0, ::1 and masks, stay; so do versions and sections of four
 * parts.
 */
final class IpAddress {

    private static final Pattern DOTTED =
            Pattern.compile("\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}(?![\\p{L}\\p{N}]|[.-]\\d)");
    private static final Pattern NOBODY = Pattern.compile("0\\..*|127\\..*|255\\..*");
    private static final Label ADDRESS =
            Label.of(
                    """
                    ip ips ipv4 address addresses host hosts server ping pinged ssh subnet gateway client login logins logged
                    connect* dns router network peer remote adresse* adres dirección indirizzo endereço
                    """);
    private static final Label VERSION =
            Label.of(
                    """
                    v ver version versions versión versão versione wersj* release released releases build builds firmware
                    update updated upgrade upgraded downgrade downgraded driver drivers patch hotfix sdk kernel software
                    chrome chromium windows android ios macos app browser edge install installed runtime library section
                    sections chapter clause paragraph figure table step abschnitt kapitel appendix part § article
                    """);

    private static final Pattern LARGE_PART = Pattern.compile("\\d{3}");
    private static final Pattern DOT = Pattern.compile("\\.");
    private static final Pattern COLON = Pattern.compile(":+");
    private static final Pattern COLONS =
            Pattern.compile(
                    "(?:[0-9A-Fa-f]{1,4}:|::?){1,8}(?:[0-9A-Fa-f]{1,4}|(?:\\d{1,3}\\.){3}\\d{1,3})?(?![\\p{L}\\p{N}:]|\\.\\d)");
    private static final int GROUPS = 8;

    private IpAddress() {}

    /** The IPv4 address that begins at a place. */
    static Optional<Span> fourAt(Text text, int start) {
        boolean continues =
                text.isDigit(start - 2) && (text.is('.', start - 1) || text.is('-', start - 1));
        Matcher matcher = text.at(start, DOTTED);
        if (continues || !matcher.lookingAt()) {
            return Optional.empty();
        }
        String address = matcher.group();
        boolean found =
                isDottedDecimal(address)
                        && !NOBODY.matcher(address).matches()
                        && !isVersion(text, address, start);
        return found
                ? Optional.of(new Span(PersonalData.IP, address, start, matcher.end()))
                : Optional.empty();
    }

    /** The IPv6 address that begins at a place. */
    static Optional<Span> sixAt(Text text, int start) {
        Matcher matcher = text.at(start, COLONS);
        if (text.is(':', start - 1) || !matcher.lookingAt()) {
            return Optional.empty();
        }
        String address = matcher.group().toLowerCase(Locale.ROOT);
        return isSix(address)
                ? Optional.of(new Span(PersonalData.IP, address, start, matcher.end()))
                : Optional.empty();
    }

    /** A part of three digits speaks for an address, parts of one digit each for a version. */
    private static boolean isVersion(Text text, String address, int start) {
        int end = start + address.length();
        if (VERSION.directlyBefore(text, start)) {
            return true;
        }
        if (LARGE_PART.matcher(address).find() || ADDRESS.near(text, start, end)) {
            return false;
        }
        return address.length() <= 9 || VERSION.near(text, start, end);
    }

    private static boolean isDottedDecimal(String address) {
        for (String part : DOT.split(address, -1)) {
            if (Integer.parseInt(part) > 255 || (part.length() > 1 && part.charAt(0) == '0')) {
                return false;
            }
        }
        return true;
    }

    private static boolean isSix(String address) {
        int gap = address.indexOf("::");
        if (gap != address.lastIndexOf("::") || address.contains(":::")) {
            return false;
        }
        String[] groups = COLON.split(address, -1);
        int count = 0;
        boolean digit = false;
        for (String group : groups) {
            count += group.isEmpty() ? 0 : group.indexOf('.') < 0 ? 1 : 2;
            digit |= group.chars().anyMatch(Character::isDigit);
        }
        boolean cutShort =
                (address.startsWith(":") && gap != 0)
                        || (address.endsWith(":") && !address.endsWith("::"));
        return !cutShort && digit && (gap < 0 ? count == GROUPS : count >= 2 && count < GROUPS);
    }
}
