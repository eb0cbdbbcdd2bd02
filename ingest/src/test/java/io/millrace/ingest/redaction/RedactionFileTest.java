package io.millrace.ingest.redaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.runtime.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedactionFileTest {

    @TempDir private Path folder;

    private RedactionRules read(String yaml) throws IOException {
        Path file = folder.resolve("redaction.yaml");
        Files.writeString(file, yaml);
        return RedactionFile.read(file);
    }

    @Test
    void whatIsLeftOutIsDefault() throws IOException {
        assertThat(read("")).isEqualTo(RedactionRules.DEFAULT);
        assertThat(read("names: []")).isEqualTo(RedactionRules.DEFAULT);
    }

    @Test
    void aFileThatIsNotThereMeansTheDefaultWhereNoneIsAskedFor() {
        Path nowhere = folder.resolve("none.yaml");

        assertThat(RedactionFile.readIfThere(nowhere)).isEqualTo(RedactionRules.DEFAULT);
        assertThatThrownBy(() -> RedactionFile.read(nowhere))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("none.yaml");
    }

    @Test
    void namesCountriesAndWhatIsOffAreRead() throws IOException {
        assertThat(read("{names: [Ann Lee], countries: [DE, AT], off: [ip, national-id]}"))
                .isEqualTo(
                        new RedactionRules(
                                List.of("Ann Lee"),
                                Set.of("DE", "AT"),
                                Set.of(PersonalData.IP, PersonalData.NATIONAL_ID)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    name: [Ann]      | unknown key 'name'
                    names: ["- x"]   | names: each must begin with a letter
                    countries: [ZZ]  | countries: no national number is known of 'ZZ', only of [AT, AU
                    off: [phones]    | off: 'phones' is none of [email, iban, card, phone
                    names: {a: b}    | names cannot be read
                    """)
    void whatIsWrongIsSaidInOneLineThatNamesTheFileAndTheKey(String yaml, String problem) {
        assertThatThrownBy(() -> read(yaml))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("redaction.yaml")
                .hasMessageContaining(problem)
                .hasMessageNotContaining("\n");
    }
}
