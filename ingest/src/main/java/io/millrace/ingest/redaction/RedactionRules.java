package io.millrace.ingest.redaction;

import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What redaction looks for.
 *
 * @param names to be replaced wherever they stand as whole words, in this spelling or in capitals;
 *     those of several words in whatever case
 * @param countries whose national numbers are looked for, as ISO 3166-1 names them: {@code DE}
 * @param off the kinds that are left in the text
 */
public record RedactionRules(List<String> names, Set<String> countries, Set<PersonalData> off) {

    /** The countries whose national numbers are known. */
    public static final Set<String> KNOWN_COUNTRIES = NationalIds.COUNTRIES;

    /** No names, every country, every kind. */
    public static final RedactionRules DEFAULT =
            new RedactionRules(List.of(), KNOWN_COUNTRIES, Set.of());

    public RedactionRules {
        names = List.copyOf(names);
        countries = Set.copyOf(countries);
        off = Set.copyOf(off);
        for (String name : names) {
            if (name.isBlank() || !Text.isWord(name.strip().charAt(0))) {
                throw new IllegalArgumentException(
                        "names: each must begin with a letter or a digit");
            }
        }
        for (String country : countries) {
            if (!KNOWN_COUNTRIES.contains(country)) {
                throw new IllegalArgumentException(
                        "countries: no national number is known of '%s', only of %s"
                                .formatted(country, new TreeSet<>(KNOWN_COUNTRIES)));
            }
        }
    }

    /** The same rules with these names. */
    public RedactionRules withNames(Collection<String> others) {
        return new RedactionRules(List.copyOf(others), countries, off);
    }

    /** The kinds that are replaced. */
    Set<PersonalData> kinds() {
        Set<PersonalData> kinds = EnumSet.allOf(PersonalData.class);
        kinds.removeAll(off);
        return kinds;
    }
}
