package io.millrace.ingest.redaction;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds personal data in a text: one look along it, which asks a kind only where something stands
 * that such a thing begins with. What is found becomes a {@linkplain Text wall}, and the look is
 * repeated around the new walls until it finds no more, so that a second pass over redacted text
 * changes nothing. Each look takes time in proportion to the text's length.
 */
final class Finder {

    /** Against texts built so that each find uncovers one more; people's need two. */
    private static final int MOST_LOOKS = 8;

    /** How far from a wall it may matter: a little more than the longest value that is read. */
    private static final int REACH = 1_200;

    private static final int FEWEST_DIGITS = 6;
    private static final int MANY_DIGITS = 8;
    private static final int LONGEST_CUE = 6;

    /** Signs within a password that has letters before them: {@code Kaffee!88}. */
    private static final String JOINING = "!?#$%&*^~";

    private static final Cues SCHEMES =
            new Cues("bearer", "Bearer", "BEARER", "basic", "Basic", "BASIC");
    private static final Cues AT = new Cues("at", "AT", "At", "arroba", "a");
    private static final Cues VERBS =
            new Cues(
                    "is", "was", "are", "ist", "lautet", "est", "es", "é", "è", "jest", "är", "er",
                    "je", "to", "s");

    private final Names names;
    private final NationalIds nationalIds;
    private final Set<PersonalData> kinds;

    Finder(RedactionRules rules) {
        kinds = rules.kinds();
        names = new Names(rules.names());
        nationalIds = new NationalIds(rules.countries());
    }

    /** The spans found, in the order of the text, none of which overlap. */
    List<Span> find(String original, Text text) {
        List<Span> found = new ArrayList<>();
        int before = -1;
        int from = 0;
        int to = text.length();
        for (int look = 0; look < MOST_LOOKS && found.size() > before; look++) {
            before = found.size();
            look(original, text, from, to, found);
            List<Span> fresh = found.subList(before, found.size());
            int first = fresh.stream().mapToInt(Span::start).min().orElse(0);
            int last = fresh.stream().mapToInt(Span::end).max().orElse(0);
            from = Math.max(0, first - REACH);
            to = Math.min(text.length(), last + REACH);
        }
        found.sort(Comparator.comparingInt(Span::start));
        return found;
    }

    /** Looks at what begins between two places. */
    private void look(String original, Text text, int from, int to, List<Span> found) {
        if (original.indexOf('@', from, to) >= 0) {
            urls(original, text, from, to, found);
            Emails.find(text, original, from, to, span -> take(text, span, found));
        }
        words(text, from, to, found);
    }

    /** What is of a kind that is left alone is passed over. */
    private void take(Text text, Span span, List<Span> found) {
        if (kinds.contains(span.kind())) {
            text.wall(span.start(), span.end());
            found.add(span);
        }
    }

    private void urls(String original, Text text, int from, int to, List<Span> found) {
        int colon = original.indexOf("://", from, to);
        while (colon >= 0) {
            Secrets.inUrl(text, colon).ifPresent(span -> take(text, span, found));
            colon = original.indexOf("://", Math.min(colon + 3, to), to);
        }
    }

    private void words(Text text, int from, int to, List<Span> found) {
        int place = text.wordStart(from);
        while (place < to) {
            char c = text.charAt(place);
            int end = place + 1;
            Optional<Span> span;
            if (Text.isWord(c)) {
                boolean digit = Text.isDigit(c);
                while (end < text.length() && Text.isWord(text.charAt(end))) {
                    digit |= Text.isDigit(text.charAt(end++));
                }
                span = atWord(text, place, end, digit);
            } else if (c == ' ') {
                span = Optional.empty();
            } else {
                span = atSign(text, place, c);
            }
            if (span.isPresent()) {
                take(text, span.get(), found);
                end = span.get().end();
            }
            place = end;
        }
    }

    private static Optional<Span> atSign(Text text, int place, char sign) {
        return switch (sign) {
            case '+', '(' ->
                    text.isWord(place - 1) ? Optional.empty() : PhoneNumber.at(text, place);
            case '%' -> Emails.encodedAt(text, place);
            case '"', '\'' -> NamedSecrets.quotedAt(text, place);
            case '=', '>' -> NamedSecrets.assignedAt(text, place);
            case ':' ->
                    text.is(':', place + 1) && !text.isWord(place - 1)
                            ? IpAddress.sixAt(text, place)
                            : NamedSecrets.assignedAt(text, place);
            case '-' ->
                    text.startsWith("-----B", place)
                            ? Secrets.privateKeyAt(text, place)
                            : CommandSecrets.optionAt(text, place);
            default -> Optional.empty();
        };
    }

    private Optional<Span> atWord(Text text, int start, int end, boolean digit) {
        char next = end < text.length() ? text.charAt(end) : ' ';
        Optional<Span> span =
                digit || next == '_' || next == '-' || next == '.'
                        ? Tokens.at(text, start)
                        : Optional.empty();
        if (next == ':' && end - start <= 4 && span.isEmpty()) {
            span = IpAddress.sixAt(text, start);
        }
        if (span.isEmpty()) {
            span = names.at(text, start, end);
        }
        if (span.isPresent()) {
            return span;
        }
        if (!digit) {
            if (next != ' ' && JOINING.indexOf(next) >= 0 && text.isWord(end + 1)) {
                return NamedSecrets.besideAt(text, start);
            }
            return end - start <= LONGEST_CUE ? atCue(text, start, end) : Optional.empty();
        }
        return text.isDigit(start) ? atNumber(text, start, end) : atMixed(text, start);
    }

    /**
     * At a short word without a digit: it may introduce a secret, or begin a number with letters.
     */
    private Optional<Span> atCue(Text text, int start, int end) {
        int length = end - start;
        if ((length <= 3 || length == 6) && digitFollows(text, end)) {
            Optional<Span> number = numberWithLetters(text, start, length);
            if (number.isPresent()) {
                return number;
            }
        }
        if (AT.has(text, start, end)) {
            return Emails.saidAt(text, start, end);
        }
        if (SCHEMES.has(text, start, end)) {
            return Secrets.afterScheme(text, end);
        }
        return VERBS.has(text, start, end)
                ? NamedSecrets.saidAt(text, start, end)
                : Optional.empty();
    }

    /** Whether a digit stands as near behind as in any number that begins with letters. */
    private static boolean digitFollows(Text text, int end) {
        return text.isDigit(end + 1) || (text.isWord(end + 1) && text.isDigit(end + 5));
    }

    /** At a word with a digit in it that begins with a letter. */
    private Optional<Span> atMixed(Text text, int start) {
        int letters = 1;
        while (text.isLetter(start + letters)) {
            letters++;
        }
        return numberWithLetters(text, start, letters).or(() -> NamedSecrets.besideAt(text, start));
    }

    private Optional<Span> numberWithLetters(Text text, int start, int letters) {
        Optional<Span> iban = letters == 2 ? Iban.at(text, start) : Optional.empty();
        return iban.isPresent() ? iban : nationalIds.letteredAt(text, start, letters);
    }

    private Optional<Span> atNumber(Text text, int start, int end) {
        if (Dates.isAt(text, start)) {
            return Optional.empty();
        }
        int digits = digitsAhead(text, start);
        if (digits < FEWEST_DIGITS) {
            return IpAddress.fourAt(text, start).or(() -> NamedSecrets.besideAt(text, start));
        }
        return IpAddress.fourAt(text, start)
                .or(() -> digits < 7 ? Optional.empty() : longNumber(text, start, end))
                .or(() -> PhoneNumber.at(text, start))
                .or(() -> NamedSecrets.besideAt(text, start));
    }

    private Optional<Span> longNumber(Text text, int start, int end) {
        DigitRun run = DigitRun.at(text, start);
        return PaymentCard.at(text, run)
                .or(() -> nationalIds.in(text, run))
                .or(() ->
                        letterFollows(text, run, end)
                                ? nationalIds.letteredAt(text, start, 0)
                                : Optional.empty())
                .or(() -> Tokens.ofBotAt(text, start, end));
    }

    /** Whether a letter stands behind the run, or may stand behind a date of six digits. */
    private static boolean letterFollows(Text text, DigitRun run, int wordEnd) {
        int end = run.end(run.count());
        boolean single = text.isLetter(end + 1) && !text.isWord(end + 2);
        boolean dated = wordEnd - run.start() == 6 && text.isOneOf("-+", wordEnd);
        return text.isLetter(end) || single || dated;
    }

    /** How many digits stand close together from a place on, at most {@value #MANY_DIGITS}. */
    private static int digitsAhead(Text text, int start) {
        int digits = 0;
        int gap = 0;
        for (int i = start; i < text.length() && gap <= 3 && digits < MANY_DIGITS; i++) {
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
