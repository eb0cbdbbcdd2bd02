package io.millrace.ingest.redaction;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * IPv4 addresses in dotted decimals and IPv6 addresses (RFC 4291, section 2.2). Those that name no
 * machine, such as 127.0.0.1, 0.0.0.0, 10.0.0.0, ::1 and masks, stay; so do versions and sections
 * of four parts.
 */
final class IpAddress {

    private static final Label ADDRESS =
            Label.of(
                    """
                    ip ips ipv4 address addresses host hosts hostname server servers ping pinged ssh subnet gateway client
                    login logins logged connect* dns router network peer remote proxy vpn lan wan node endpoint from
                    adresse* adres dirección indirizzo endereço
                    """);
    private static final Label VERSION =
            Label.of(
                    """
                    v ver version versions versión versão versione wersj* release* build builds firmware update* upgrad*
                    downgrad* driver drivers patch hotfix sdk kernel software chrome chromium edge safari firefox windows
                    android ios macos app browser install* runtime library section sections § chapter clause paragraph
                    figure table step abschnitt kapitel appendix annex part article oid rule item
                    """);

    private static final Pattern COLON = Pattern.compile(":+");
    private static final Pattern COLONS =
            Pattern.compile(
                    "(?:[0-9A-Fa-f]{1,4}:|::?){1,8}(?:[0-9A-Fa-f]{1,4}|(?:\\d{1,3}\\.){3}\\d{1,3})?(?![\\p{L}\\p{N}:]|\\.\\d)");
    private static final int GROUPS = 8;

    private IpAddress() {}

    /** The IPv4 address that begins at a place. */
    static Optional<Span> fourAt(Text text, int start) {
        int end = start;
        int longest = 0;
        for (int part = 0; part < 4; part++) {
            if (part > 0 && !text.is('.', end++)) {
                return Optional.empty();
            }
            int begin = end;
            int value = 0;
            while (end - begin < 3 && text.isDigit(end)) {
                value = 10 * value + text.charAt(end++) - '0';
            }
            if (end == begin || value > 255 || (text.is('0', begin) && end - begin > 1)) {
                return Optional.empty();
            }
            longest = Math.max(longest, end - begin);
        }
        String address = text.subSequence(start, end);
        return isDelimited(text, start, end)
                        && !isNobody(address)
                        && !isVersion(text, start, end, longest)
                ? Optional.of(new Span(PersonalData.IP, address, start, end))
                : Optional.empty();
    }

    private static boolean isDelimited(Text text, int start, int end) {
        boolean continues = text.isOneOf(".-", start - 1) && text.isDigit(start - 2);
        boolean continued = text.isOneOf(".-", end) && text.isDigit(end + 1);
        return !continues && !continued && !text.isWord(end);
    }

    private static boolean isNobody(String address) {
        return address.startsWith("0.")
                || address.startsWith("127.")
                || address.startsWith("255.")
                || address.endsWith(".0.0");
    }

    /** A part of three digits speaks for an address, parts of one digit each for a version. */
    private static boolean isVersion(Text text, int start, int end, int longestPart) {
        if (VERSION.directlyBefore(text, start)) {
            return true;
        }
        if (longestPart == 3) {
            return false;
        }
        boolean tiny = end - start <= 9 && !text.startsWith("10.", start);
        boolean called = ADDRESS.near(text, start, end);
        boolean version = VERSION.near(text, start, end);
        return tiny ? version || !called : version && !called;
    }

    /** The IPv6 address that begins at a place. */
    static Optional<Span> sixAt(Text text, int start) {
        if (text.is(':', start - 1) || !mayBeSix(text, start)) {
            return Optional.empty();
        }
        Matcher matcher = text.at(start, COLONS);
        if (!matcher.lookingAt()) {
            return Optional.empty();
        }
        String address = matcher.group().toLowerCase(Locale.ROOT);
        return isSix(address)
                ? Optional.of(new Span(PersonalData.IP, address, start, matcher.end()))
                : Optional.empty();
    }

    /** Unlike a time, it has two colons side by side or seven in all. */
    private static boolean mayBeSix(Text text, int start) {
        int colons = 0;
        int end = start;
        while (text.is(':', end)
                || (text.isWord(end) && Character.digit(text.charAt(end), 16) >= 0)) {
            if (text.is(':', end)) {
                colons++;
                if (text.is(':', end + 1) || colons == GROUPS - 2) {
                    return true;
                }
            }
            end++;
        }
        return false;
    }

    private static boolean isSix(String address) {
        int gap = address.indexOf("::");
        if (gap != address.lastIndexOf("::") || address.contains(":::")) {
            return false;
        }
        int count = 0;
        boolean digit = false;
        boolean wide = false; // unlike the steps of a slice, 1::2
        for (String group : COLON.split(address, -1)) {
            count += group.isEmpty() ? 0 : group.indexOf('.') < 0 ? 1 : 2;
            digit |= group.chars().anyMatch(Character::isDigit);
            wide |= group.length() >= 3;
        }
        boolean cutShort =
                (address.startsWith(":") && gap != 0)
                        || (address.endsWith(":") && !address.endsWith("::"));
        return !cutShort
                && digit
                && wide
                && (gap < 0 ? count == GROUPS : count >= 2 && count < GROUPS);
    }
}
