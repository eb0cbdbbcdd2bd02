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
        PIN
    }

    /** By their last letter; those that end in a letter beyond ASCII under the first. */
    private static final List<List<SecretName>> NAMES =
            byLastLetter(
                    """
                    PASSWORD password passwd passphrase passcode pwd passwort kennwort contraseña motdepasse mdp senha wachtwoord
                    PASSWORD hasło lösenord adgangskode пароль 密码 =pass =clave =pw
                    KEY token secret apikey accesskey secretkey privatekey signingkey encryptionkey accountkey authkey licensekey
                    KEY sharedkey storagekey masterkey credential credentials authorization connectionstring sessionid
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

    /** The name that ends at a place, but for quotes and a remark in brackets. */
    static @Nullable SecretName before(Text text, int end) {
        int last = end;
        if (text.is(')', end - 1)) {
            while (end - last < 20 && last > 0 && !text.is('(', last)) {
                last--;
            }
        }
        int bare = last;
        while (bare - last < 4 && text.isOneOf(" \"'`*\\", last - 1)) {
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
