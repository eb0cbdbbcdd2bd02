package io.millrace.ingest.curation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.runtime.UsageException;
import io.millrace.schemas.PrincipalId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CurationFileTest {

    @TempDir private Path folder;

    private CurationRules read(String yaml) throws IOException {
        Path file = folder.resolve("curation.yaml");
        Files.writeString(file, yaml);
        return CurationFile.read(file);
    }

    @Test
    void whatIsLeftOutIsStandard() throws IOException {
        assertThat(read("")).isEqualTo(CurationRules.DEFAULT);
        assertThat(read("poisoning: {}")).isEqualTo(CurationRules.DEFAULT);
        assertThat(read("poisoning: {cluster-cap: 7}").poisoning())
                .isEqualTo(new PoisoningRules(50, 7, 1_000, Corroboration.NONE, Set.of()));
        assertThat(read("quality: {max-repetition: 1}").quality())
                .isEqualTo(new QualityRules(32_000, 16_000, 1));
        assertThat(read("edit-floor: 0.25").editFloor()).isEqualTo(0.25);
    }

    @Test
    void theStandardThatHelpShowsIsTheStandard() throws IOException {
        assertThat(read(CurationFile.STANDARD)).isEqualTo(CurationRules.DEFAULT);
    }

    @Test
    void theDefenceAgainstPoisoningIsWhatTheFileSays() throws IOException {
        CurationRules rules =
                read(
                        """
                        poisoning:
                          principal-cap: 5
                          cluster-cap: 2
                          window: 100
                          corroboration: second-principal
                          trusted: [ann, acme/ben]
                        """);

        assertThat(rules)
                .isEqualTo(
                        CurationRules.DEFAULT.with(
                                new PoisoningRules(
                                        5,
                                        2,
                                        100,
                                        Corroboration.SECOND_PRINCIPAL,
                                        Set.of(
                                                new PrincipalId("ann"),
                                                new PrincipalId("acme/ben")))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    poison: {}                                | unknown key 'poison'; known here are [edit-floor, quality, poisoning]
                    split: {holdout-share: 0.5}               | unknown key 'split'
                    poisoning: {principal-caps: 1}            | unknown key 'principal-caps'
                    poisoning: {principal-cap: 0}             | poisoning: principal-cap must be at least 1
                    poisoning: {cluster-cap: -1}              | poisoning: cluster-cap must be at least 1
                    poisoning: {window: 0}                    | poisoning: window must be at least 1
                    poisoning: {principal-cap: many}          | poisoning.principal-cap cannot be read
                    poisoning: {principal-cap: "5"}           | poisoning.principal-cap cannot be read
                    poisoning: {principal-cap: 1.5}           | poisoning.principal-cap cannot be read
                    poisoning: {principal-cap: 99999999999}   | poisoning.principal-cap cannot be read
                    poisoning: {principal-cap: null}          | poisoning.principal-cap cannot be read
                    poisoning: {corroboration: third}         | poisoning.corroboration is none of [none, second-principal, reviewer]
                    poisoning: {trusted: ann}                 | poisoning.trusted cannot be read
                    poisoning: {trusted: [null]}              | poisoning.trusted cannot be read
                    poisoning: {trusted: ["a b"]}             | principal must be 1 to 200 characters
                    poisoning: none                           | poisoning cannot be read
                    quality: {max-repetition: 2}              | quality: max-repetition must be a share from 0 to 1
                    quality: null                             | quality cannot be read
                    edit-floor: 2                             | edit-floor must be a share from 0 to 1
                    edit-floor: {                             | it is not YAML
                    standard                                  | it is not YAML
                    """)
    void aMistakeIsNamedInOneLine(String yaml, String problem) {
        assertThatThrownBy(() -> read(yaml))
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith("curation rules " + folder.resolve("curation.yaml") + ": ")
                .hasMessageContaining(problem)
                .hasMessageNotContaining("\n");
    }
}
