package io.millrace.ingest.redaction;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Secrets that only their name gives away: {@code password: …}, {@code api_key=…}, {@code my PIN is
 * …}. A password may be any word, unless the sentence speaks about passwords; a key or a token
 * needs a digit.
 */
final class NamedSecrets {

    private enum Kind {
        PASSWORD,
        KEY,
        PIN
    }

    /** A name without the signs that join its parts. */
    private record Name(String letters, boolean whole, Kind kind) {}

    /** By their last letter; those that end in a letter beyond ASCII under the first. */
    private static final List<List<Name>> NAMES =
            byLastLetter(
                    """
                    PASSWORD password passwd passphrase passcode pwd passwort kennwort contraseña motdepasse mdp senha wachtwoord
                    PASSWORD hasło lösenord adgangskode пароль 密码 =pass =clave =pw
                    KEY token secret apikey accesskey secretkey privatekey signingkey encryptionkey accountkey authkey licensekey
                    KEY sharedkey storagekey masterkey credential credentials authorization connectionstring sessionid
                    PIN =pin pincode =cvv =cvc =cvv2 =otp =tan securitycode
                    """);

    private static final int RANDOM = 20;
    private static final Pattern PARAMETER =
            Pattern.compile(
                    "(?:[\\w-]{0,24}(?:token|secret|password|passwd|signature|credential)|pwd|pass|api[_-]?key|apikey|key|sig|auth"
                            + "|authorization|code|access[_-]?key|session(?:id|_id)?|sid|sas|jwt|client_secret)",
                    Pattern.CASE_INSENSITIVE);
    private static final Pattern ANY = Pattern.compile("[^\\s\"'`,;<>\\\\\\uE000]{4,256}+");
    private static final Pattern IN_URL = Pattern.compile("[^\\s&#;\"'<>)\\]\\uE000]{6,1024}+");
    private static final Pattern DIGITS = Pattern.compile("\\d{3,8}+(?![\\p{L}\\p{N}]|[.,]\\d)");

    /** What follows the word where a sentence speaks about a password instead of telling it. */
    private static final Pattern TALK =
            Pattern.compile(
                    "(?:must|should|need\\w*|reset\\w*|incorrect|wrong|invalid|required|forgot\\w*|expired|change\\w*|please|what|when"
                        + "|where|which|this|that|there|they|your|with|from|minimum|least|between|only|never|always|cannot|can't"
                        + "|doesn't|does|didn't|have|help|link|field|error|failed|none|null|true|false|undefined|empty|hidden"
                        + "|string|optional|vergessen|falsch|ungültig|mindestens|bitte|oublié|incorrecte?|olvidada|incorrecta"
                        + "|still|keeps|says|same|every|after|before|because|again|also|just|will|would|could|been|both|than"
                        + "|then|them|tried|very|some|more|most|case|letters?|characters?|numbers?|manager|policy|page|login"
                        + "|log|email|e-mail|user|username|account|redacted|removed|masked|secret|weak|strong|unknown|yes"
                        + "|short|long|\\S*\\(.*)[.!?:)]*",
                    Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);

    private static final Pattern VARIABLE =
            Pattern.compile("[$%{(\\[<].*|\\*+|•+|\\.+|x+|X+|_+|-+|#+|\\w+\\.\\w+[.(].*");

    private NamedSecrets() {}

    private static List<List<Name>> byLastLetter(String table) {
        List<List<Name>> names =
                Stream.generate(() -> (List<Name>) new ArrayList<Name>()).limit(128).toList();
        for (String line : table.strip().split("\n", -1)) {
            String[] words = line.split(" ", -1);
            for (String word : Arrays.asList(words).subList(1, words.length)) {
                boolean whole = word.startsWith("=");
                String letters = whole ? word.substring(1) : word;
                names.get(bucket(letters.charAt(letters.length() - 1)))
                        .add(new Name(letters, whole, Kind.valueOf(words[0])));
            }
        }
        return names;
    }

    private static int bucket(char lastLetter) {
        return lastLetter < 128 ? Character.toLowerCase(lastLetter) : 0;
    }

    /** What the sign at a place, a colon or the like, assigns to the name before it. */
    static Optional<Span> assignedAt(Text text, int sign) {
        if (text.isOneOf("/=:", sign + 1)) {
            return Optional.empty();
        }
        boolean equals = text.is('=', sign);
        if (equals && isParameter(text, sign)) {
            return value(text, sign + 1, IN_URL);
        }
        Kind kind = kindBefore(text, sign);
        if (kind == null) {
            return Optional.empty();
        }
        return switch (kind) {
            case PASSWORD -> value(text, sign + 1, ANY).filter(v -> isPassword(text, sign, v));
            case KEY -> value(text, sign + 1, ANY).filter(v -> isKey(v, equals ? 6 : 8));
            case PIN -> value(text, sign + 1, DIGITS);
        };
    }

    /** What stands behind the name before a place, or behind the verb between two places. */
    static Optional<Span> saidAt(Text text, int start, int end) {
        Kind kind = kindBefore(text, start);
        if (kind == null) {
            return Optional.empty();
        }
        return switch (kind) {
            case PASSWORD -> value(text, end, ANY).filter(v -> isSaid(v, end == start ? 6 : 4));
            case KEY -> value(text, end, ANY).filter(v -> isKey(v, end == start ? 16 : 8));
            case PIN -> value(text, end, DIGITS);
        };
    }

    private static boolean isParameter(Text text, int equals) {
        int start = equals;
        while (equals - start < 40 && (text.isWord(start - 1) || text.isOneOf("_-", start - 1))) {
            start--;
        }
        return text.isOneOf("?&", start - 1)
                && PARAMETER.matcher(text.subSequence(start, equals)).matches();
    }

    private static @Nullable Kind kindBefore(Text text, int end) {
        int last = end;
        while (end - last < 4 && text.isOneOf(" \"'`*\\", last - 1)) {
            last--;
        }
        if (!text.isWord(last - 1)) {
            return null;
        }
        List<Name> names = NAMES.get(bucket(text.charAt(last - 1)));
        for (int i = 0; i < names.size(); i++) {
            Name name = names.get(i);
            if (endsAt(text, last, name)) {
                return name.kind();
            }
        }
        return null;
    }

    private static boolean endsAt(Text text, int end, Name name) {
        int place = end - 1;
        for (int i = name.letters().length() - 1; i >= 0; i--, place--) {
            if (i < name.letters().length() - 1 && text.isOneOf("_- ", place)) {
                place--;
            }
            if (place < 0 || Character.toLowerCase(text.charAt(place)) != name.letters().charAt(i)) {
                return false;
            }
        }
        return !name.whole() || !text.isWord(place);
    }

    private static Optional<Span> value(Text text, int from, Pattern spelling) {
        int start = from;
        while (start - from < 4 && text.isOneOf(" \t\n\r\"'`*\\:=", start)) {
            start++;
        }
        Matcher matcher = text.at(start, spelling);
        if (!matcher.lookingAt()) {
            return Optional.empty();
        }
        int end = matcher.end();
        while (end > start + 1 && text.isOneOf(".!?):*", end - 1)) {
            end--;
        }
        return Optional.of(new Span(PersonalData.SECRET, text.subSequence(start, end), start, end));
    }

    /** A plain word is one only where nothing goes on behind it, or the sentence is about something else. */
    private static boolean isPassword(Text text, int sign, Span value) {
        String word = value.identity();
        if (word.length() < 4 || TALK.matcher(word).matches() || VARIABLE.matcher(word).matches()) {
            return false;
        }
        boolean sameLine = text.subSequence(sign, value.start()).indexOf('\n') < 0;
        int next = value.end();
        while (text.is(' ', next)) {
            next++;
        }
        return isMixed(word) || (sameLine && !text.isWord(next));
    }

    private static boolean isSaid(Span value, int shortest) {
        String word = value.identity();
        return word.length() >= shortest
                && !TALK.matcher(word).matches()
                && !VARIABLE.matcher(word).matches()
                && isMixed(word);
    }

    private static boolean isKey(Span value, int shortest) {
        String key = value.identity();
        boolean letter = key.chars().anyMatch(Character::isLetter);
        boolean digit = key.chars().anyMatch(Character::isDigit);
        boolean random =
                key.length() >= RANDOM
                        && key.chars().anyMatch(Character::isUpperCase)
                        && key.chars().anyMatch(Character::isLowerCase)
                        && key.indexOf('.') < 0;
        return key.length() >= shortest
                && !VARIABLE.matcher(key).matches()
                && letter
                && (digit || random);
    }

    /** Whether a value is no plain word: it has a digit, or a sign or a capital inside. */
    private static boolean isMixed(String value) {
        return value.chars().anyMatch(Character::isDigit)
                || value.chars()
                        .skip(1)
                        .anyMatch(c -> !Character.isLowerCase(c) && c != '-' && c != '\'');
    }
}
