package io.millrace.ingest.redaction;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Finds personal data in a text. Whether something begins at a place depends on that place and its
 * neighbourhood alone; after each find, what stands a little before it is looked at again, now that
 * it is a {@linkplain Text wall}. So nothing is left that a second pass would find, and the work
 * grows with the text's length and no faster: each place costs a bounded look, each find a bounded
 * step back.
 */
final class Finder {

    /** How far a decision looks ahead, in characters; those that look further never reconsider. */
    private static final int REACH = 128;

    private final Names names;
    private final NationalIds nationalIds;

    Finder(RedactionRules rules) {
        names = new Names(rules.names());
        nationalIds = new NationalIds(rules.countries());
    }

    /** The spans found, in the order of the text, none of which overlap. */
    List<Span> find(String original, Text text) {
        List<Span> found = new ArrayList<>();
        urls(original, text, found);
        if (original.indexOf('@') >= 0) {
            Emails.find(text, span -> take(text, span, found));
        }
        Emails.findSpelled(text, original, span -> take(text, span, found));
        int place = 0;
        while (place < text.length()) {
            Optional<Span> span = at(text, place);
            if (span.isPresent()) {
                take(text, span.get(), found);
                place = Math.max(0, span.get().start() - REACH);
            } else {
                place++;
            }
        }
        found.sort(Comparator.comparingInt(Span::start));
        return found;
    }

    private static void take(Text text, Span span, List<Span> found) {
        text.wall(span.start(), span.end());
        found.add(span);
    }

    private static void urls(String original, Text text, List<Span> found) {
        int colon = original.indexOf("://");
        while (colon >= 0) {
            Secrets.inUrl(text, colon).ifPresent(span -> take(text, span, found));
            colon = original.indexOf("://", colon + 3);
        }
    }

    private Optional<Span> at(Text text, int place) {
        char c = text.charAt(place);
        if (Text.isWord(c)) {
            return text.isWord(place - 1) ? Optional.empty() : atWord(text, place, c);
        }
        return switch (c) {
            case '+', '(' ->
                    text.isWord(place - 1) ? Optional.empty() : PhoneNumber.at(text, place);
            case '?', '&' -> Secrets.inQuery(text, place);
            case '=' -> NamedSecrets.assignedAt(text, place);
            case ':' ->
                    text.is(':', place + 1) && !text.isWord(place - 1)
                            ? IpAddress.sixAt(text, place)
                            : NamedSecrets.assignedAt(text, place);
            case '-' ->
                    text.startsWith("-----B", place)
                            ? Secrets.privateKeyAt(text, place)
                            : Optional.empty();
            default -> Optional.empty();
        };
    }

    private Optional<Span> atWord(Text text, int start, char first) {
        Optional<Span> secret = Secrets.tokenAt(text, start);
        if (secret.isPresent()) {
            return secret;
        }
        return Text.isDigit(first) ? atDigit(text, start) : atLetter(text, start);
    }

    private Optional<Span> atDigit(Text text, int start) {
        Optional<Span> six = atHex(text, start);
        if (six.isPresent()) {
            return six;
        }
        int digits = digitsAhead(text, start);
        if (digits < 4) {
            return Optional.empty();
        }
        return IpAddress.fourAt(text, start)
                .or(() -> digits < 13 ? Optional.empty() : PaymentCard.at(text, start))
                .or(() -> digits < 8 ? Optional.empty() : nationalIds.at(text, start))
                .or(() -> PhoneNumber.at(text, start));
    }

    private Optional<Span> atLetter(Text text, int start) {
        int end = text.wordEnd(start);
        return atHex(text, start)
                .or(() -> digitWithin(text, start) ? letteredNumber(text, start) : Optional.empty())
                .or(() -> NamedSecrets.saidAt(text, start, end))
                .or(() -> names.isEmpty() ? Optional.empty() : names.at(text, start, end));
    }

    private Optional<Span> letteredNumber(Text text, int start) {
        return Iban.at(text, start).or(() -> nationalIds.at(text, start));
    }

    /** Whether a digit stands as near as in any number that begins with letters. */
    private static boolean digitWithin(Text text, int start) {
        for (int i = start + 1; i < text.length() && i < start + 9; i++) {
            if (text.isDigit(i)) {
                return true;
            }
        }
        return false;
    }

    private static Optional<Span> atHex(Text text, int start) {
        int end = start;
        while (end - start < 5 && text.isWord(end) && Character.digit(text.charAt(end), 16) >= 0) {
            end++;
        }
        return end > start && text.is(':', end) ? IpAddress.sixAt(text, start) : Optional.empty();
    }

    /** How many digits stand close together from a place on, at most thirteen. */
    private static int digitsAhead(Text text, int start) {
        int digits = 0;
        int gap = 0;
        for (int i = start; i < text.length() && gap <= 3 && digits < 13; i++) {
            if (text.isDigit(i)) {
                digits++;
                gap = 0;
            } else {
                gap++;
            }
        }
        return digits;
    }
}
