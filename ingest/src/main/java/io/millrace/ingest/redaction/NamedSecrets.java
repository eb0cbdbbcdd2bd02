package io.millrace.ingest.redaction;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Secrets that only their name gives away: {@code password: …}, {@code api_key=…}, {@code my PIN is
 * …}. A password may be any word, unless the sentence speaks about passwords; a key or a token
 * needs a digit.
 */
final class NamedSecrets {

    private static final Label PASSWORD =
            Label.joined(
                    """
                    password passwd passphrase passcode pwd pass passwort kennwort contraseña clave de_passe mdp senha wachtwoord
                    hasło lösenord dbpassword userpassword adminpassword
                    """,
                    "");
    private static final Label KEY =
            Label.joined(
                    """
                    secret token apikey credential credentials authorization api_key access_key secret_key private_key signing_key
                    encryption_key account_key auth_key license_key shared_key storage_key client_secret accesstoken authtoken
                    refreshtoken clientsecret secretkey accesskey privatekey
                    """,
                    "");
    private static final Label PIN = Label.joined("pin pin_code cvv cvc", "");

    private static final Pattern QUOTE = Pattern.compile("[\\s\"'`*]{0,4}");
    private static final Pattern ANY = Pattern.compile("[^\\s\"'`,;<>\\uE000]{4,256}+");
    private static final Pattern DIGITS = Pattern.compile("\\d{3,8}(?![\\p{L}\\p{N}]|[.,]\\d)");

    /** What follows the word where a sentence speaks about a password instead of telling it. */
    private static final Pattern TALK =
            Pattern.compile(
                    "(?:must|should|need\\w*|reset\\w*|incorrect|wrong|invalid|required|forgot\\w*|expired|change\\w*|please|what|when"
                        + "|where|which|this|that|there|they|your|with|from|minimum|least|between|only|never|always|cannot|can't"
                        + "|doesn't|does|didn't|have|help|link|field|error|failed|none|null|true|false|undefined|empty|hidden"
                        + "|string|optional|vergessen|falsch|ungültig|mindestens|bitte|oublié|incorrecte?|olvidada|incorrecta"
                        + "|still|keeps|says|same|every|after|before|because|again|also|just|will|would|could|been|both|than"
                        + "|then|them|tried|very|some|more|most|case|letters?|characters?|numbers?|manager|policy|page|login"
                        + "|log|email|e-mail|user|username|account|and|for|the|not|how|why|but|can|i'm|it's)[.!?:)]*",
                    Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);

    private static final Pattern VARIABLE =
            Pattern.compile("[$%{(\\[].*|\\*+|•+|\\.+|x+|X+|_+|-+|#+");
    private static final Pattern VERB = Pattern.compile("is|was|ist|lautet|est|es|é|è|jest|är");

    private NamedSecrets() {}

    /** What a colon or an equals sign at a place assigns to the name before it. */
    static Optional<Span> assignedAt(Text text, int sign) {
        if (text.is('/', sign + 1) || text.is('=', sign + 1) || text.is(':', sign + 1)) {
            return Optional.empty();
        }
        boolean equals = text.charAt(sign) == '=';
        if (PASSWORD.directlyBefore(text, sign)) {
            return value(text, sign + 1, ANY).filter(v -> isPassword(v.identity()));
        }
        if (KEY.directlyBefore(text, sign)) {
            return value(text, sign + 1, ANY).filter(v -> isKey(v.identity(), equals));
        }
        return PIN.directlyBefore(text, sign) ? value(text, sign + 1, DIGITS) : Optional.empty();
    }

    /** What the verb at a place says that the name before it is. */
    static Optional<Span> saidAt(Text text, int start, int end) {
        if (end - start > 6 || !VERB.matcher(text.subSequence(start, end)).matches()) {
            return Optional.empty();
        }
        if (PASSWORD.directlyBefore(text, start) || KEY.directlyBefore(text, start)) {
            return value(text, end, ANY)
                    .filter(v -> isPassword(v.identity()) && isMixed(v.identity()));
        }
        return PIN.directlyBefore(text, start) ? value(text, end, DIGITS) : Optional.empty();
    }

    private static Optional<Span> value(Text text, int from, Pattern spelling) {
        Matcher gap = text.at(from, QUOTE);
        int start = gap.lookingAt() ? gap.end() : from;
        Matcher matcher = text.at(start, spelling);
        if (!matcher.lookingAt()) {
            return Optional.empty();
        }
        int end = matcher.end();
        while (end > start + 1 && ".!?):".indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        return Optional.of(new Span(PersonalData.SECRET, text.subSequence(start, end), start, end));
    }

    private static boolean isPassword(String value) {
        return value.length() >= 4
                && !TALK.matcher(value).matches()
                && !VARIABLE.matcher(value).matches();
    }

    private static boolean isKey(String value, boolean assigned) {
        return value.length() >= (assigned ? 6 : 8)
                && !VARIABLE.matcher(value).matches()
                && value.chars().anyMatch(Character::isDigit)
                && value.chars().anyMatch(Character::isLetter);
    }

    /** Whether a value is no plain word: it has a digit, or a sign or a capital inside. */
    private static boolean isMixed(String value) {
        return value.chars().anyMatch(Character::isDigit)
                || value.chars()
                        .skip(1)
                        .anyMatch(c -> !Character.isLowerCase(c) && c != '-' && c != '\'');
    }
}
