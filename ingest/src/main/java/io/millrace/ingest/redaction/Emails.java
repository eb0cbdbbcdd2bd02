package io.millrace.ingest.redaction;

import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * E-mail addresses, also in letters and digits of any script (RFC 6531), and the spellings that
 * hide them from collectors: {@code ann (at) example (dot) org}.
 */
final class Emails {

    private static final Pattern DOMAIN =
            Pattern.compile(
                    "(?:[\\p{L}\\p{N}-]{1,63}+\\.){1,8}(?:\\p{L}{2,24}|xn--[a-zA-Z0-9]{1,59})");

    /** Pictures for dense screens: {@code logo@2x.png}. */
    private static final Pattern DENSITY = Pattern.compile("[1-4]x\\.\\p{L}{3,4}");

    private static final String AT = "(?: ?\\(at\\) ?| ?\\[at\\] ?| ?\\{at\\} ?| at )";
    private static final String DOT = "(?: ?\\(dot\\) ?| ?\\[dot\\] ?| ?\\{dot\\} ?| dot |\\.)";
    private static final Pattern SPELLED =
            Pattern.compile(
                    "(?<![\\p{L}\\p{N}._-])[\\p{L}\\p{N}._-]{1,40}+(?: dot"
                        + " [\\p{L}\\p{N}]{1,40}+){0,2}+"
                            + AT
                            + "[\\p{L}\\p{N}-]{1,40}+(?:"
                            + DOT
                            + "[\\p{L}\\p{N}-]{1,40}+){0,4}"
                            + DOT
                            + "\\p{L}{2,12}(?![\\p{L}\\p{N}])",
                    Pattern.CASE_INSENSITIVE);
    private static final List<String> MARKS =
            List.of("at)", "at]", "at}", "AT)", "AT]", "AT}", " dot ", " DOT ");
    private static final Pattern HIDDEN =
            Pattern.compile("[(\\[{ ](?:at|dot)[)\\]} ]", Pattern.CASE_INSENSITIVE);
    private static final Pattern MARKED =
            Pattern.compile("[(\\[{]at[)\\]}]| dot ", Pattern.CASE_INSENSITIVE);

    private Emails() {}

    static void find(Text text, Consumer<Span> found) {
        for (int at = 1; at < text.length() - 3; at++) {
            if (text.charAt(at) == '@') {
                address(text, at, found);
            }
        }
    }

    /** Those spelled out; a text without such a spelling costs a few quick looks. */
    static void findSpelled(Text text, String original, Consumer<Span> found) {
        if (MARKS.stream().noneMatch(original::contains)) {
            return;
        }
        Matcher matcher = SPELLED.matcher(text);
        while (matcher.find()) {
            String written = matcher.group();
            if (MARKED.matcher(written).find()) {
                String identity =
                        HIDDEN.matcher(written)
                                .replaceAll(m -> m.group().matches("(?i).at.") ? "@" : ".")
                                .replace(" ", "");
                found.accept(
                        new Span(
                                PersonalData.EMAIL,
                                identity.toLowerCase(Locale.ROOT),
                                matcher.start(),
                                matcher.end()));
            }
        }
    }

    private static void address(Text text, int at, Consumer<Span> found) {
        int start = at;
        while (start > 0 && isLocal(text, start - 1)) {
            start--;
        }
        while (start < at && (text.is('.', start) || text.is('\'', start) || text.is('-', start))) {
            start++;
        }
        Matcher domain = text.at(at + 1, DOMAIN);
        if (start < at && domain.lookingAt() && !isNobody(text, start, at, domain)) {
            String identity = text.subSequence(start, domain.end()).toLowerCase(Locale.ROOT);
            found.accept(new Span(PersonalData.EMAIL, identity, start, domain.end()));
        }
    }

    private static boolean isLocal(Text text, int index) {
        return text.isWord(index)
                || "._%+-&".indexOf(text.charAt(index)) >= 0
                || (text.is('\'', index) && text.isWord(index - 1) && text.isWord(index + 1));
    }

    /** {@code git@host:path} names a repository; {@code logo@2x.png} a picture. */
    private static boolean isNobody(Text text, int start, int at, Matcher domain) {
        return (text.subSequence(start, at).equals("git") && text.is(':', domain.end()))
                || DENSITY.matcher(domain.group()).matches();
    }
}
