package io.millrace.ingest.redaction;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a secret is called.
 *
 * @param letters small ones, without the signs that join its parts: {@code apikey}
 * @param whole whether it must be a word of its own, unlike the end of {@code dbPassword}
 */
record SecretName(String letters, boolean whole, Kind kind) {

    enum Kind {
        PASSWORD,
        KEY,
        PIN,
        /** Of several words, or a password after all. */
        PHRASE
    }

    /** What it is for, or which of several it is. */
    private static final Cues REMARKS =
            new Cues(
                    "for", "für", "zum", "zur", "pour", "du", "de", "para", "per", "voor", "do",
                    "nueva", "nuova", "nova", "actual", "now", "here");

    private static final Cues CHANGES = new Cues("was", "is", "been", "wurde", "ist");
    private static final Cues PRONOUNS = new Cues("it", "It", "its", "es", "Es");
    private static final int LONGEST_LINK = 6;
    private static final int MOST_WORDS = 5;
    private static final int LONGEST_REMARK = 20;

    /** By their last letter; those that end in a letter beyond ASCII under the first. */
    private static final List<List<SecretName>> NAMES =
            byLastLetter(
                    """
                    PASSWORD password passwd passcode pwd passwort kennwort contraseña motdepasse mdp senha wachtwoord
                    PASSWORD hasło haslo lösenord losenord adgangskode passord kodeord salasana heslo jelszó jelszo lozinka geslo
                    PASSWORD contrasena contrasenya palavrapasse parolă şifre пароль парола κωδικός 密码
                    PASSWORD =pass =clave =pw =psk
                    KEY token secret apikey accesskey secretkey privatekey signingkey encryptionkey accountkey authkey licensekey licencekey
                    KEY sharedkey storagekey masterkey credential credentials authorization connectionstring sessionid
                    PHRASE passphrase seedphrase recoveryphrase mnemonic
                    PIN =pin pincode =cvv =cvc =cvv2 =otp =tan securitycode
                    """);

    private static List<List<SecretName>> byLastLetter(String table) {
        List<List<SecretName>> names =
                Stream.generate(() -> (List<SecretName>) new ArrayList<SecretName>())
                        .limit(128)
                        .toList();
        for (String line : table.strip().split("\n", -1)) {
            String[] words = line.split(" ", -1);
            for (String word : Arrays.asList(words).subList(1, words.length)) {
                boolean whole = word.startsWith("=");
                String letters = whole ? word.substring(1) : word;
                names.get(bucket(letters.charAt(letters.length() - 1)))
                        .add(new SecretName(letters, whole, Kind.valueOf(words[0])));
            }
        }
        return names;
    }

    private static int bucket(char lastLetter) {
        return lastLetter < 128 ? Character.toLowerCase(lastLetter) : 0;
    }

    /**
     * The name that ends at a place, or before a few words that lead there: "the password for the
     * portal", "the password was changed", "the password? It".
     */
    static @Nullable SecretName before(Text text, int end) {
        SecretName name = endingAt(text, end);
        if (name != null) {
            return name;
        }
        int place = end;
        for (int words = 0; words < MOST_WORDS; words++) {
            int last = text.isOneOf(" '\u2019", place - 1) ? place - 1 : place;
            place = text.wordStart(last);
            if (place == last) {
                return null;
            }
            name = before(text, place, last);
            if (name != null) {
                return name;
            }
        }
        return null;
    }

    /** The name before a word that leads from it; a pass for a museum is none. */
    private static @Nullable SecretName before(Text text, int word, int end) {
        if (end - word > LONGEST_LINK) {
            return null;
        }
        boolean change = CHANGES.has(text, word, end);
        boolean again = PRONOUNS.has(text, word, end);
        if (!change && !again && !REMARKS.has(text, word, end)) {
            return null;
        }
        boolean sentence = again && text.is(' ', word - 1) && text.isOneOf(".?!,:", word - 2);
        SecretName name = endingAt(text, sentence ? word - 2 : word);
        boolean none =
                name == null
                        || name.letters().equals("pass")
                        || (change && name.kind() == Kind.KEY);
        return none ? null : name;
    }

    /** The name that ends at a place, but for quotes, or at a bracket there, or in it. */
    private static @Nullable SecretName endingAt(Text text, int end) {
        if (!text.is(')', end - 1)) {
            return plain(text, end);
        }
        int bracket = end - 1;
        while (end - bracket < LONGEST_REMARK && bracket > 0 && !text.is('(', bracket)) {
            bracket--;
        }
        SecretName name = plain(text, bracket);
        return name == null ? plain(text, end - 1) : name;
    }

    private static @Nullable SecretName plain(Text text, int end) {
        int last = end;
        while (end - last < 4 && text.isOneOf(" \"'\u2019`*\\", last - 1)) {
            last--;
        }
        if (!text.isWord(last - 1)) {
            return null;
        }
        List<SecretName> names = NAMES.get(bucket(text.charAt(last - 1)));
        for (int i = 0; i < names.size(); i++) {
            SecretName name = names.get(i);
            if (endsAt(text, last, name)) {
                return name;
            }
        }
        return null;
    }

    private static boolean endsAt(Text text, int end, SecretName name) {
        int place = end - 1;
        for (int i = name.letters().length() - 1; i >= 0; i--, place--) {
            if (i < name.letters().length() - 1 && text.isOneOf("_- ", place)) {
                place--;
            }
            if (place < 0
                    || Character.toLowerCase(text.charAt(place)) != name.letters().charAt(i)) {
                return false;
            }
        }
        return !name.whole() || !text.isWord(place);
    }
}
