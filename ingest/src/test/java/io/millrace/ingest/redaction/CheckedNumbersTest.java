package io.millrace.ingest.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Random numbers: with the right check digits they are found, with any other they are not. */
class CheckedNumbersTest {

    private static final int RUNS = 500;

    private final Random random = new Random(11);

    private String digits(int count) {
        return random.ints(count, 0, 10).mapToObj(Integer::toString).collect(Collectors.joining());
    }

    private static boolean isFound(PersonalData kind, String text) {
        return new Redactor().redact(text).contains("<" + kind + "_1>");
    }

    /** How many of the ten last digits make a number that is found: exactly one. */
    private void onlyOneLastDigitPasses(PersonalData kind, String label, Supplier<String> body) {
        for (int run = 0; run < RUNS; run++) {
            String start = label + body.get();
            assertThat(IntStream.range(0, 10).filter(last -> isFound(kind, start + last + ".")))
                    .as(start)
                    .hasSize(1);
        }
    }

    @Test
    void ofTenCardNumbersThatDifferInTheLastDigitOneIsFound() {
        onlyOneLastDigitPasses(PersonalData.CARD, "card ", () -> "4" + digits(14));
        onlyOneLastDigitPasses(PersonalData.CARD, "card ", () -> "37" + digits(12));
    }

    @Test
    void ofTenAadhaarNumbersThatDifferInTheLastDigitOneIsFound() {
        onlyOneLastDigitPasses(
                PersonalData.NATIONAL_ID, "Aadhaar ", () -> (2 + random.nextInt(8)) + digits(10));
    }

    @Test
    void ofTenPeselNumbersThatDifferInTheLastDigitOneIsFound() {
        onlyOneLastDigitPasses(
                PersonalData.NATIONAL_ID, "PESEL ", () -> "8" + digits(1) + "1015" + digits(4));
    }

    @Test
    void ofTenPersonnummerThatDifferInTheLastDigitOneIsFound() {
        onlyOneLastDigitPasses(
                PersonalData.NATIONAL_ID,
                "personnummer ",
                () -> "8" + digits(1) + "1015-" + digits(3));
    }

    @Test
    void ofAHundredCpfThatDifferInTheLastTwoDigitsOneIsFound() {
        for (int run = 0; run < RUNS / 10; run++) {
            String start = "CPF %s.%s.1%s-".formatted(digits(3), digits(3), digits(2));
            assertThat(
                            IntStream.range(0, 100)
                                    .filter(last ->
                                            isFound(
                                                    PersonalData.NATIONAL_ID,
                                                    start + "%02d".formatted(last))))
                    .hasSize(1);
        }
    }

    @Test
    void anIbanIsFoundWithItsChecksumAndWithNoOther() {
        for (int run = 0; run < RUNS; run++) {
            String account = digits(18);
            int remainder =
                    new BigInteger(account + "131400").mod(BigInteger.valueOf(97)).intValue();
            int right = 98 - remainder;
            int wrong = 2 + (right - 2 + 1 + random.nextInt(96)) % 97;
            assertThat(isFound(PersonalData.IBAN, "to DE%02d%s".formatted(right, account)))
                    .isTrue();
            assertThat(new Redactor().redact("to DE%02d%s".formatted(wrong, account)))
                    .doesNotContain("IBAN");
        }
    }

    @Test
    void aSpanishNumberIsFoundWithOneLetterOfTwentyThree() {
        for (int run = 0; run < RUNS / 10; run++) {
            String number = "DNI " + digits(8);
            assertThat(
                            "TRWAGMYFPDXBNJZSQVHLCKE"
                                    .chars()
                                    .filter(c ->
                                            isFound(PersonalData.NATIONAL_ID, number + (char) c)))
                    .hasSize(1);
        }
    }
}
