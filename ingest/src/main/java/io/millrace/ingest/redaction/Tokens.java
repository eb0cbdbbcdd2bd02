package io.millrace.ingest.redaction;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tokens and keys that their issuers made recognisable by how they begin. */
final class Tokens {

    /** What a token is made of after its prefix. */
    private enum Alphabet {
        UPPER(""),
        HEX(""),
        ALPHANUMERIC(""),
        /** As in base64url. */
        URL("_-"),
        DOTTED("_-.=+/");

        private final String signs;

        Alphabet(String signs) {
            this.signs = signs;
        }

        boolean has(char c) {
            return switch (this) {
                case UPPER -> (c >= 'A' && c <= 'Z') || Text.isDigit(c);
                case HEX -> c < 128 && Character.digit(c, 16) >= 0;
                case ALPHANUMERIC, URL, DOTTED ->
                        c < 128 && (Text.isWord(c) || signs.indexOf(c) >= 0);
            };
        }
    }

    private record Format(String prefix, Alphabet alphabet, int shortest) {}

    /**
     * Of tokens that words with hyphens look like, and that need a digit; a bound, so that looking
     * for it again behind each hyphen stays cheap. What begins like another is one.
     */
    private static final int LONGEST = 512;

    /** By where such a token has had its first digit. */
    private static final int DIGIT_WITHIN = 128;

    /** By their first two characters, since nearly every word begins with others. */
    private static final Map<Integer, List<Format>> FORMATS = new HashMap<>();

    private static final BitSet BEGINNINGS = new BitSet();

    static {
        add(Alphabet.UPPER, 16, "AKIA ASIA ABIA ACCA AGPA AIDA AIPA ANPA ANVA AROA");
        add(Alphabet.ALPHANUMERIC, 30, "ghp_ gho_ ghu_ ghs_ ghr_ hf_ npm_ lin_api_ gsk_ r8_ ntn_");
        add(Alphabet.ALPHANUMERIC, 10, "sk_test_ sk_live_ pk_test_ pk_live_ rk_test_ rk_live_");
        add(Alphabet.ALPHANUMERIC, 60, "EAA");
        add(
                Alphabet.URL,
                20,
                "github_pat_ glpat- gldt- glrt- glcbt- glft- glimt- glagent- gloas- glptt-");
        add(Alphabet.URL, 10, "xoxb- xoxp- xoxa- xoxr- xoxs- xoxe- xoxc- xoxd- xapp- xoxe.");
        add(
                Alphabet.URL,
                30,
                "AIza pypi- glsa_ sntrys_ figd_ ATATT3 dckr_pat_ PMAK- 1//0 xkeysib-");
        add(
                Alphabet.URL,
                20,
                "ya29. GOCSPX- hvs. sq0atp- sq0csp- tskey- nvapi- pplx- xai- NRAK- CFPAT- sgp_");
        add(Alphabet.DOTTED, 20, "whsec_");
        add(Alphabet.DOTTED, 40, "SG.");
        add(Alphabet.DOTTED, 30, "hooks.slack.com/services/ discord.com/api/webhooks/");
        add(Alphabet.HEX, 32, "key- dapi shpat_ shpca_ shppa_ shpss_ SK AC");
        add(Alphabet.HEX, 64, "dop_v1_ doo_v1_ dor_v1_");
        add(Alphabet.URL, 20, "sk- lsv2_pt_ lsv2_sk_");
        add(Alphabet.DOTTED, 20, "eyJ");
    }

    private static void add(Alphabet alphabet, int shortest, String prefixes) {
        for (String prefix : prefixes.split(" ", -1)) {
            int beginning = beginning(prefix.charAt(0), prefix.charAt(1));
            BEGINNINGS.set(beginning);
            FORMATS.computeIfAbsent(beginning, b -> new ArrayList<>())
                    .add(new Format(prefix, alphabet, shortest));
        }
    }

    private static int beginning(char first, char second) {
        return first << 7 | second;
    }

    private Tokens() {}

    /** The token that begins at a place. */
    static Optional<Span> at(Text text, int start) {
        if (start + 1 >= text.length()) {
            return Optional.empty();
        }
        char first = text.charAt(start);
        char second = text.charAt(start + 1);
        if (first >= 128 || second >= 128 || !BEGINNINGS.get(beginning(first, second))) {
            return Optional.empty();
        }
        for (Format format : FORMATS.getOrDefault(beginning(first, second), List.of())) {
            if (text.startsWith(format.prefix(), start)) {
                Optional<Span> token = inFormat(text, start, format);
                if (token.isPresent()) {
                    return token;
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<Span> inFormat(Text text, int start, Format format) {
        int body = start + format.prefix().length();
        int end = body;
        boolean hyphened = format.alphabet() == Alphabet.URL;
        boolean digit = !hyphened;
        while (end < text.length()
                && (!hyphened || end - start < (digit ? LONGEST : DIGIT_WITHIN))
                && format.alphabet().has(text.charAt(end))) {
            digit |= text.isDigit(end++);
        }
        while (end > body && !text.isWord(end - 1)) {
            end--;
        }
        boolean open =
                format.alphabet() == Alphabet.DOTTED; // or a long one would be read over and over
        boolean whole = end - body >= format.shortest() && (open || !text.isWord(end));
        return whole && digit
                ? Optional.of(
                        new Span(PersonalData.SECRET, text.subSequence(start, end), start, end))
                : Optional.empty();
    }

    /** The token of a bot whose number begins at a place: {@code 123456789:AA…}. */
    static Optional<Span> ofBotAt(Text text, int start, int numberEnd) {
        int digits = numberEnd - start;
        if (digits < 8 || digits > 10 || !text.is(':', numberEnd)) {
            return Optional.empty();
        }
        int end = numberEnd + 1;
        while (end < text.length() && Alphabet.URL.has(text.charAt(end)) && end - start < 64) {
            end++;
        }
        return end - numberEnd == 36
                ? Optional.of(
                        new Span(PersonalData.SECRET, text.subSequence(start, end), start, end))
                : Optional.empty();
    }
}
