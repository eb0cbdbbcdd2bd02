package io.millrace.ingest.redaction;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The numbers that states give to people. Where chance passes a check too often, such as one digit
 * in ten for a bare number, the text must name the number.
 */
final class NationalIds {

    private static final String GAP = "[ .\\u00A0\\u202F-]?";
    private static final String ITALIAN_DIGIT = "[\\dL-NP-V]";
    private static final String GERMAN = "[CFGHJ-NPRTV-Z0-9]";

    private static final String SPANISH = "dni nie nif documento identidad";

    /** Those that begin with a letter. */
    private static final List<NationalId> LETTERS =
            List.of(
                    NationalId.of(
                            "GB",
                            "[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z][ -]?\\d{2}[ -]?\\d{2}[ -]?\\d{2}["
                                + " -]?[A-D]",
                            "(?i:[A-Z]{2}[ .-]?\\d{2}[ .-]?\\d{2}[ .-]?\\d{2}[ .-]?[A-D])",
                            "nino ni national_insurance insurance",
                            NationalIdChecks::isBritish),
                    NationalId.of(
                            "DE",
                            "(?=[A-Z]+\\d+[A-Z])[CFGHJ-NPRTV-Z]" + GERMAN + "{8}\\d(?:D(?:<<)?)?",
                            "(?i:[CFGHJ-NPRTV-Z]" + GERMAN + "{8}[ -]?\\d? ?(?:D(?:<<)?)?)",
                            "ausweis* personalausweis* perso identity_card id_card passport reisepass*",
                            NationalIdChecks::isGermanCard),
                    NationalId.of(
                            "ES",
                            "[XYZ][ -]?(?:\\d{7}|\\d\\.\\d{3}\\.\\d{3})[ -]?[A-HJ-NP-TV-Z]",
                            "(?i:[XYZ][ -]?\\d{7}[ -]?[A-HJ-NP-TV-Z])",
                            SPANISH,
                            NationalIdChecks::isSpanish),
                    NationalId.of(
                            "IT",
                            "(?i:[A-Z]{3} ?[A-Z]{3} ?"
                                    + ITALIAN_DIGIT
                                    + "{2}[A-EHLMPR-T]"
                                    + ITALIAN_DIGIT
                                    + "{2} ?[A-Z]"
                                    + ITALIAN_DIGIT
                                    + "{3} ?[A-Z])",
                            "",
                            "fiscale cf",
                            NationalIdChecks::isItalian));

    /** Those that begin with a digit. */
    private static final List<NationalId> DIGITS =
            List.of(
                    NationalId.of(
                            "US",
                            "\\d{3}([- \\u2011\\u2013])\\d{2}\\1\\d{4}",
                            "\\d{9}|\\d{3}\\.\\d{2}\\.\\d{4}",
                            "ssn itin tin social taxpayer",
                            NationalIdChecks::isAmerican),
                    NationalId.of(
                            "DE",
                            "[1-9]\\d[ ./]?\\d{3}[ ./]?\\d{3}[ ./]?\\d{3}",
                            "",
                            "steuer* idnr tin tax_id identifikationsnummer",
                            NationalIdChecks::isGermanTaxpayer),
                    NationalId.of(
                            "FR",
                            spaced(
                                    "[12378]|4",
                                    "\\d{2}",
                                    "\\d{2}",
                                    "\\d{2}|2[ABab]",
                                    "\\d{3}",
                                    "\\d{3}",
                                    "\\d{2}"),
                            "",
                            "sociale sécu secu nir insee vitale",
                            NationalIdChecks::isFrench),
                    NationalId.of(
                            "ES",
                            "(?:\\d{8}|\\d{2}\\.\\d{3}\\.\\d{3})[ -]?[A-HJ-NP-TV-Z]",
                            "(?i:(?:\\d{8}|\\d{2}\\.\\d{3}\\.\\d{3})[ -]?[A-HJ-NP-TV-Z])",
                            SPANISH,
                            NationalIdChecks::isSpanish),
                    NationalId.of(
                            "NL",
                            "\\d{4}\\.\\d{2}\\.\\d{3}",
                            "\\d{3}"
                                    + GAP
                                    + "\\d{3}"
                                    + GAP
                                    + "\\d{3}|\\d{4}"
                                    + GAP
                                    + "\\d{2}"
                                    + GAP
                                    + "\\d{3}|\\d{8}",
                            "bsn burgerservicenummer sofi sofinummer service_nummer",
                            NationalIdChecks::isDutch),
                    NationalId.of(
                            "PL",
                            "\\d{11}",
                            "\\d{6}[ -]\\d{5}",
                            "pesel*",
                            NationalIdChecks::isPolish),
                    NationalId.of(
                            "SE",
                            "(?:19|20)?\\d{6}[-+\\u2011\\u2013]\\d{4}",
                            "(?:19|20)?\\d{6} ?\\d{4}",
                            "personnummer* personnumret samordningsnummer pnr personal_number identity_number",
                            NationalIdChecks::isSwedish),
                    NationalId.of(
                            "BR",
                            "\\d{3}[. ]\\d{3}[. ]\\d{3}[- /]\\d{2}|\\d{9}-\\d{2}|\\d{11}",
                            "",
                            "cpf",
                            NationalIdChecks::isBrazilian),
                    NationalId.of(
                            "IN",
                            "[2-9]\\d{3}([ -])\\d{4}\\1\\d{4}",
                            "[2-9]\\d{11}",
                            "aadhaar aadhar adhaar uidai uid आधार",
                            CheckDigits::verhoeff),
                    NationalId.of(
                            "CH",
                            "756([. ])\\d{4}\\1\\d{4}\\1\\d{2}|756\\d{10}",
                            "",
                            "ahv* avs",
                            NationalIdChecks::isSwiss),
                    NationalId.of(
                            "BE",
                            "\\d{2}\\.\\d{2}\\.\\d{2}[- ]\\d{3}\\.\\d{2}",
                            "\\d{11}",
                            "rijksregister* registre_national insz niss",
                            NationalIdChecks::isBelgian),
                    NationalId.of(
                            "FI",
                            "\\d{6}[-+A-FU-Y]\\d{3}[0-9A-FHJ-NPR-Y]",
                            "",
                            "henkilötunnus* hetu",
                            NationalIdChecks::isFinnish),
                    NationalId.of(
                            "CN",
                            "\\d{6}(?:19|20)\\d{9}[\\dXx]",
                            "",
                            "身份证",
                            NationalIdChecks::isChinese),
                    NationalId.of(
                            "CA",
                            "",
                            "\\d{3}[ -]?\\d{3}[ -]?\\d{3}",
                            "sin social_insurance nas",
                            CheckDigits::luhn));

    static final Set<String> COUNTRIES =
            Stream.of(LETTERS, DIGITS)
                    .flatMap(List::stream)
                    .map(NationalId::country)
                    .collect(Collectors.toUnmodifiableSet());

    private final List<NationalId> letters;
    private final List<NationalId> digits;

    /** Those of the countries. */
    NationalIds(Set<String> countries) {
        letters = LETTERS.stream().filter(id -> countries.contains(id.country())).toList();
        digits = DIGITS.stream().filter(id -> countries.contains(id.country())).toList();
    }

    /** The number that begins at a place. */
    Optional<Span> at(Text text, int start) {
        for (NationalId id : text.isDigit(start) ? digits : letters) {
            Optional<Span> found = id.at(text, start);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static String spaced(String... parts) {
        return Stream.of(parts).map(part -> "(?:" + part + ")").collect(Collectors.joining(GAP));
    }
}
