package io.millrace.ingest.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Counts how often a character is looked at, since a clock says more of the machine. */
class HostileTextTest {

    private static final int LENGTH = 1_000_000;
    private static final long LOOKS_PER_CHARACTER = 200;

    private static final class CountingText extends Text {

        private long looks;

        CountingText(String text) {
            super(text);
        }

        @Override
        public char charAt(int index) {
            looks++;
            return super.charAt(index);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "a.",
                "1 ",
                "1",
                "4111 ",
                "x@",
                "a@b.",
                "@",
                "DE89 ",
                "+",
                "(0",
                "::",
                "a:",
                "fe80:",
                "1.1.1.",
                "password",
                "password: ",
                "password is ",
                "token=",
                "?key=",
                "https://",
                "https://a:",
                "-----BEGIN PRIVATE KEY-----",
                "eyJaaaaaaaa.",
                "eyJaaaaaaaa-",
                "sk-",
                "ghp_",
                "Bearer ",
                "AB ",
                "a at ",
                "a dot ",
                "(at)",
                "a@b.cd ",
                "0171 ",
                "123-45-6789-",
                "\u00e9",
                "<EMAIL_",
                "12.",
                "order ",
                "bearer-",
                "SG.",
                "password '",
                "-u a:",
                "S.I.",
                "1-",
                "at ",
                "(a)",
                " -p",
                "password it is ",
                "password for a b c ",
                "passphrase 'a "
            })
    void aMegabyteOfHalfACandidateTakesBoundedWork(String repeated) {
        String text = repeated.repeat(LENGTH / repeated.length()) + "\u00e9";
        CountingText counting = new CountingText(text);

        long began = System.nanoTime();
        new Finder(PlantedCorpus.RULES).find(text, counting);

        System.out.printf(
                "%-30s %4d looks per character, %d ms%n",
                repeated, counting.looks / LENGTH, (System.nanoTime() - began) / 1_000_000);
        assertThat(counting.looks).isLessThan(LOOKS_PER_CHARACTER * LENGTH);
    }
}
