package io.millrace.ingest.redaction;

import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * What redaction looks for beyond what it always does.
 *
 * @param names to be replaced wherever they stand as whole words, in this spelling or in capitals
 * @param countries whose national numbers are looked for, as ISO 3166-1 names them: {@code DE}
 */
public record RedactionRules(List<String> names, Set<String> countries) {

    /** The countries whose national numbers are known. */
    public static final Set<String> KNOWN_COUNTRIES =
            NationalIds.COUNTRIES;

    /** No names, every country. */
    public static final RedactionRules DEFAULT = new RedactionRules(List.of(), KNOWN_COUNTRIES);

    public RedactionRules {
        names = List.copyOf(names);
        countries = Set.copyOf(countries);
        for (String name : names) {
            if (name.isBlank() || !Text.isWord(name.strip().charAt(0))) {
                throw new IllegalArgumentException(
                        "a name to redact must begin with a letter or a digit");
            }
        }
        for (String country : countries) {
            if (!KNOWN_COUNTRIES.contains(country)) {
                throw new IllegalArgumentException(
                        "no national number is known of %s, only of %s"
                                .formatted(country, KNOWN_COUNTRIES.stream().sorted().toList()));
            }
        }
    }

    /** The same rules with these names. */
    public RedactionRules withNames(Collection<String> others) {
        return new RedactionRules(List.copyOf(others), countries);
    }
}
