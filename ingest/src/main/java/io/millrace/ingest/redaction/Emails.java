package io.millrace.ingest.redaction;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * E-mail addresses, also in letters and digits of any script (RFC 6531), and the spellings that
 * hide them from collectors: {@code ann (at) example (dot) org}.
 */
final class Emails {

    private static final int LONGEST_LOCAL = 64;
    private static final int LONGEST_DOMAIN = 255;

    /** Endings of files: {@code logo@2x.png}, {@code chunk@3.min.js}. */
    private static final Pattern FILE =
            Pattern.compile("(?:png|jpe?g|gif|svg|webp|js|css|ts|tgz|zip|html?)");

    private static final int LONGEST_LABEL = 63;
    private static final List<String> POINTS =
            List.of("dot", "DOT", "Dot", "punto", "ponto", "punkt");

    private Emails() {}

    /** Those whose {@code @} stands between two places, be it between spaces. */
    static void find(Text text, String original, int from, int to, Consumer<Span> found) {
        int at = original.indexOf('@', from, to);
        for (; at >= 0; at = original.indexOf('@', at + 1, to)) {
            if (text.is('@', at)) {
                boolean spaced = text.is(' ', at - 1) && text.is(' ', at + 1);
                address(text, spaced ? at - 1 : at, spaced ? at + 2 : at + 1).ifPresent(found);
            }
        }
    }

    /** The one whose {@code @} is encoded for a URL at a place. */
    static Optional<Span> encodedAt(Text text, int place) {
        return text.startsWith("%40", place) ? address(text, place, place + 3) : Optional.empty();
    }

    /**
     * The one that a word says the {@code @} of: in brackets, or between spaces if the points are
     * said, too.
     */
    static Optional<Span> saidAt(Text text, int start, int end) {
        boolean bracketed = text.isOneOf("([{<", start - 1) && text.isOneOf(")]}>", end);
        if (!bracketed && !(text.is(' ', start - 1) && text.is(' ', end))) {
            return Optional.empty();
        }
        int localEnd = bracketed ? start - 1 : start;
        while (text.is(' ', localEnd - 1) && start - localEnd < 3) {
            localEnd--;
        }
        int domain = bracketed ? end + 1 : end;
        while (text.is(' ', domain) && domain - end < 3) {
            domain++;
        }
        int local = saidLocal(text, localEnd);
        StringBuilder name = new StringBuilder();
        int last = saidDomain(text, domain, name);
        boolean said = bracketed || name.length() > last - domain || name.length() < last - domain;
        return local < localEnd && last > domain && said
                ? Optional.of(span(plain(text, local, localEnd) + "@" + name, local, last))
                : Optional.empty();
    }

    /** Where a local part begins whose points may be words. */
    private static int saidLocal(Text text, int end) {
        int start = localStart(text, end);
        for (int parts = 0; parts < 3 && text.startsWith(" dot ", start - 5); parts++) {
            start = localStart(text, start - 5);
        }
        return start;
    }

    private static String plain(Text text, int start, int end) {
        return text.subSequence(start, end).replace(" dot ", ".");
    }

    /** Where a domain ends whose points may be words; adds its plain name, if it is one. */
    private static int saidDomain(Text text, int start, StringBuilder name) {
        int place = start;
        for (int labels = 0; labels < 6; labels++) {
            int label = place;
            while (place - label < LONGEST_LABEL && (text.isWord(place) || text.is('-', place))) {
                name.append(text.charAt(place++));
            }
            int point = pointEnd(text, place);
            if (point == place || !text.isWord(point)) {
                return labels > 0 && isTopLevel(text, label, place) ? place : start;
            }
            name.append('.');
            place = point;
        }
        return start;
    }

    /** The place behind a point or the word for one; the place itself if there is none. */
    private static int pointEnd(Text text, int place) {
        if (text.is('.', place)) {
            return place + 1;
        }
        int word = text.is(' ', place) ? place + 1 : place;
        boolean bracketed = text.isOneOf("([{<", word);
        word += bracketed ? 1 : 0;
        boolean said = false;
        int end = word;
        for (String point : POINTS) {
            if (text.startsWith(point, word) && !text.isWord(word + point.length())) {
                said = true;
                end = word + point.length();
            }
        }
        if (!said || (bracketed ? !text.isOneOf(")]}>", end) : word == place)) {
            return place;
        }
        end += bracketed ? 1 : 0;
        return text.is(' ', end) ? end + 1 : end;
    }

    /** The address whose local part ends at one place and whose domain begins at another. */
    private static Optional<Span> address(Text text, int localEnd, int domain) {
        int start = localStart(text, localEnd);
        int end = domainEnd(text, domain);
        return start < localEnd && end > domain && !isNobody(text, start, localEnd, end)
                ? Optional.of(
                        span(
                                text.subSequence(start, localEnd)
                                        + "@"
                                        + text.subSequence(domain, end),
                                start,
                                end))
                : Optional.empty();
    }

    private static Span span(String identity, int start, int end) {
        return new Span(PersonalData.EMAIL, identity.toLowerCase(Locale.ROOT), start, end);
    }

    private static int localStart(Text text, int end) {
        if (text.is('"', end - 1)) {
            return quotedStart(text, end);
        }
        int start = end;
        while (start > 0 && end - start < LONGEST_LOCAL && isLocal(text, start - 1)) {
            start--;
        }
        while (start < end && text.isOneOf(".'-&%", start)) {
            start++;
        }
        return start;
    }

    /** A local part in quotes may hold spaces (RFC 5322, section 3.4.1). */
    private static int quotedStart(Text text, int end) {
        for (int start = end - 2; start >= 0 && end - start < LONGEST_LOCAL; start--) {
            if (text.is('"', start)) {
                return start < end - 2 ? start : end;
            }
        }
        return end;
    }

    private static boolean isLocal(Text text, int index) {
        return text.isWord(index)
                || text.isOneOf("._%+-&", index)
                || (text.is('\'', index) && text.isWord(index - 1) && text.isWord(index + 1));
    }

    /**
     * The longest domain name at a place that ends in a top-level one; the place itself if none.
     */
    private static int domainEnd(Text text, int start) {
        int end = start;
        while (end - start < LONGEST_DOMAIN && (text.isWord(end) || text.isOneOf(".-", end))) {
            end++;
        }
        while (end > start) {
            int label = end;
            while (label > start && !text.is('.', label - 1)) {
                label--;
            }
            if (label == start) {
                return start;
            }
            if (text.isWord(label - 2) && isTopLevel(text, label, end)) {
                return end;
            }
            boolean hyphened = text.is('-', end - 1);
            end = hyphened ? end - 1 : label - 1;
        }
        return start;
    }

    private static boolean isTopLevel(Text text, int start, int end) {
        if (text.startsWith("xn--", start)) {
            return end - start > 4 && text.isWord(end - 1);
        }
        for (int i = start; i < end; i++) {
            if (!text.isLetter(i)) {
                return false;
            }
        }
        return end - start >= 2 && end - start <= 24;
    }

    /** {@code git@host} names a repository; {@code logo@2x.png} a picture. */
    private static boolean isNobody(Text text, int start, int at, int end) {
        if (at - start == 3 && text.startsWith("git", start)) {
            return true;
        }
        int label = end;
        while (!text.is('.', label - 1)) {
            label--;
        }
        return FILE.matcher(text.subSequence(label, end)).matches();
    }
}
