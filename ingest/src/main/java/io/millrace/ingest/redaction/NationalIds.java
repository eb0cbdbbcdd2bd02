package io.millrace.ingest.redaction;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The numbers that states give to people. Where chance passes a check too often, such as one bare
 * number in ten, the text must name the number.
 */
final class NationalIds {

    private static final String ITALIAN_DIGIT = "[\\dL-NP-V]";
    private static final String GERMAN = "[CFGHJ-NPRTV-Z0-9]";

    private static final List<LetteredId> LETTERED =
            List.of(
                    LetteredId.of(
                            "GB",
                            new int[] {2},
                            "[A-Z]{2}[ .-]?\\d{2}[ .-]?\\d{2}[ .-]?\\d{2}[ .-]?[A-D]",
                            true,
                            "nino ni national_insurance insurance",
                            EuropeanIdChecks::isBritish),
                    LetteredId.of(
                            "DE",
                            new int[] {1, 2, 3, 4, 5, 6, 7, 8},
                            "[CFGHJ-NPRTV-Z]" + GERMAN + "{8}(?:[ -]?\\d)?(?: ?D(?:<<)?)?",
                            false,
                            "ausweis* personalausweis* perso identity_card id_card passport reisepass*",
                            EuropeanIdChecks::isGermanCard),
                    LetteredId.of(
                            "DE",
                            new int[] {0},
                            "\\d{2} ?\\d{6} ?[A-Z] ?\\d{2} ?\\d",
                            true,
                            "rentenversicherung* sozialversicherung* versicherungsnummer rvnr svnr",
                            EuropeanIdChecks::isGermanPension),
                    LetteredId.of(
                            "ES",
                            new int[] {0, 1},
                            "(?:[XYZ][ -]?(?:\\d{7}|\\d\\.\\d{3}\\.\\d{3})|\\d{8}|\\d{2}\\.\\d{3}\\.\\d{3})[ -]?[A-HJ-NP-TV-Z]",
                            true,
                            "dni nie nif documento identidad",
                            EuropeanIdChecks::isSpanish),
                    LetteredId.of(
                            "IT",
                            new int[] {3, 6},
                            "[A-Z]{3} ?[A-Z]{3} ?"
                                    + ITALIAN_DIGIT
                                    + "{2} ?[A-EHLMPR-T]"
                                    + ITALIAN_DIGIT
                                    + "{2} ?[A-Z]"
                                    + ITALIAN_DIGIT
                                    + "{3} ?[A-Z]",
                            true,
                            "fiscale cf",
                            EuropeanIdChecks::isItalian),
                    LetteredId.of(
                            "FR",
                            new int[] {0},
                            "[1278][ .-]?\\d{2}[ .-]?\\d{2}[ .-]?2[AB][ .-]?\\d{3}[ .-]?\\d{3}[ .-]?\\d{2}",
                            true,
                            "sociale sécu secu nir insee vitale",
                            EuropeanIdChecks::isFrench),
                    LetteredId.of(
                            "FI",
                            new int[] {0},
                            "\\d{6}[-+A-FU-Y]\\d{3}[0-9A-FHJ-NPR-Y]",
                            true,
                            "henkilötunnus* hetu",
                            EuropeanIdChecks::isFinnish),
                    LetteredId.of(
                            "IE",
                            new int[] {0},
                            "\\d{7} ?[A-W][ABHWTX]?",
                            false,
                            "pps ppsn",
                            EuropeanIdChecks::isIrish),
                    LetteredId.of(
                            "CN",
                            new int[] {0},
                            "\\d{17}X",
                            true,
                            "身份证",
                            OverseasIdChecks::isChinese),
                    LetteredId.of(
                            "MX",
                            new int[] {4},
                            "[A-Z][AEIOUX][A-Z]{2}\\d{6}[HMX][A-Z]{2}[B-DF-HJ-NP-TV-Z]{3}[A-Z0-9]\\d",
                            true,
                            "curp",
                            OverseasIdChecks::isMexican));

    private static final List<NumberedId> NUMBERED =
            List.of(
                    NumberedId.of("US", 9, "", "passport", digits -> true),
                    NumberedId.of("GB", 9, "", "passport", digits -> true),
                    NumberedId.of(
                            "US",
                            9,
                            "3-2-4",
                            "ssn itin tin social taxpayer tax_id",
                            OverseasIdChecks::isAmerican),
                    NumberedId.of(
                            "DE",
                            11,
                            "2 3 3 3,2/3/3/3,2.3.3.3",
                            "steuer* idnr tin tax_id identifikationsnummer",
                            EuropeanIdChecks::isGermanTaxpayer),
                    NumberedId.of(
                            "FR",
                            15,
                            "*",
                            "sociale sécu secu nir insee vitale",
                            EuropeanIdChecks::isFrench),
                    NumberedId.of(
                            "NL",
                            9,
                            "4.2.3",
                            "bsn burgerservicenummer sofi sofinummer service_nummer",
                            EuropeanIdChecks::isDutch),
                    NumberedId.of("PL", 11, "", "pesel*", EuropeanIdChecks::isPolish),
                    NumberedId.of(
                            "SE",
                            10,
                            "6-4,6+4",
                            "personnummer* personnumret personnr pers_nr samordningsnummer pnr personal_number identity_number",
                            EuropeanIdChecks::isSwedish),
                    NumberedId.of(
                            "SE",
                            12,
                            "8-4,8+4",
                            "personnummer* personnumret personnr pers_nr samordningsnummer pnr personal_number identity_number",
                            EuropeanIdChecks::isSwedish),
                    NumberedId.of(
                            "BR",
                            11,
                            "3.3.3-2,3 3 3 2,3 3 3-2,3.3.3/2,9-2,3.3.3.2",
                            "cpf",
                            OverseasIdChecks::isBrazilian),
                    NumberedId.of(
                            "IN",
                            12,
                            "4 4 4,4-4-4",
                            "aadhaar aadhar adhaar uidai uid आधार",
                            OverseasIdChecks::isIndian),
                    NumberedId.of("CH", 13, "*", "ahv* avs", EuropeanIdChecks::isSwiss),
                    NumberedId.of(
                            "BE",
                            11,
                            "2.2.2-3.2,2.2.2 3.2,6-3-2,6 3 2",
                            "rijksregister* registre_national insz niss",
                            EuropeanIdChecks::isBelgian),
                    NumberedId.of("CN", 18, "18", "身份证", OverseasIdChecks::isChinese),
                    NumberedId.of("CA", 9, "", "sin social_insurance nas", CheckDigits::luhn),
                    NumberedId.of("GB", 10, "", "nhs", EuropeanIdChecks::isBritishPatient),
                    NumberedId.of("DK", 10, "", "cpr* cpr-nummer", EuropeanIdChecks::isDanish),
                    NumberedId.of(
                            "NO",
                            11,
                            "6 5",
                            "fødselsnummer* personnummer* fnr",
                            EuropeanIdChecks::isNorwegian),
                    NumberedId.of(
                            "AT",
                            10,
                            "",
                            "svnr sv sozialversicherung* versicherungsnummer",
                            EuropeanIdChecks::isAustrian),
                    NumberedId.of("CZ", 10, "6/4", "rodné rodne rč", EuropeanIdChecks::isCzech),
                    NumberedId.of("PT", 9, "", "nif contribuinte", EuropeanIdChecks::isPortuguese),
                    NumberedId.of("RO", 13, "", "cnp", EuropeanIdChecks::isRomanian),
                    NumberedId.of("TR", 11, "", "tc tckn kimlik", OverseasIdChecks::isTurkish),
                    NumberedId.of(
                            "AU",
                            9,
                            "",
                            "tfn tax_file file_number",
                            OverseasIdChecks::isAustralian),
                    NumberedId.of("KR", 13, "6-7", "주민등록번호 rrn", OverseasIdChecks::isKorean),
                    NumberedId.of(
                            "ZA",
                            13,
                            "",
                            "sa_id identity_number id_number",
                            OverseasIdChecks::isSouthAfrican));

    static final Set<String> COUNTRIES =
            Stream.concat(LETTERED.stream(), NUMBERED.stream())
                    .map(NationalId::country)
                    .collect(Collectors.toUnmodifiableSet());

    private static final int SHORTEST = 9;

    private final List<LetteredId> lettered;

    /** By length. */
    private final List<List<NumberedId>> numbered;

    /** Those of the countries. */
    NationalIds(Set<String> countries) {
        lettered = LETTERED.stream().filter(id -> countries.contains(id.country())).toList();
        numbered =
                Stream.iterate(0, length -> length + 1)
                        .limit(DigitRun.MOST + 1)
                        .map(length -> ofLength(length, countries))
                        .toList();
    }

    private static List<NumberedId> ofLength(int length, Set<String> countries) {
        return NUMBERED.stream()
                .filter(id -> id.length() == length && countries.contains(id.country()))
                .toList();
    }

    /** The number with letters in it that begins at a place, with so many of them. */
    Optional<Span> letteredAt(Text text, int start, int letters) {
        for (LetteredId id : lettered) {
            Optional<Span> found = id.at(text, start, letters);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    /** The number that a run of digits begins with. */
    Optional<Span> in(Text text, DigitRun run) {
        for (int length = run.count(); length >= SHORTEST; length--) {
            if (run.endsWith(length)) {
                for (NumberedId id : numbered.get(length)) {
                    Optional<Span> found = id.in(text, run);
                    if (found.isPresent()) {
                        return found;
                    }
                }
            }
        }
        return Optional.empty();
    }
}
