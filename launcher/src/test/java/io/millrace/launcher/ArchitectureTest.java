package io.millrace.launcher;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.Predefined;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may know whom. Services meet in Kafka, through the contracts in {@code schemas}. */
final class ArchitectureTest {

    private static final JavaClasses OURS =
            new ClassFileImporter()
                    .withImportOption(Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages("io.millrace");

    @Test
    void everyModuleIsLookedAt() {
        assertThat(OURS.stream().map(type -> type.getPackageName().split("\\.", 4)[2]).distinct())
                .containsExactlyInAnyOrder(
                        "schemas",
                        "model",
                        "runtime",
                        "ingest",
                        "trainer",
                        "evaluator",
                        "deployer",
                        "launcher");
    }

    @ParameterizedTest(name = "{0} does not know {1}")
    @CsvSource({
        "schemas, model|runtime|ingest|trainer|evaluator|deployer|launcher",
        "model, schemas|runtime|ingest|trainer|evaluator|deployer|launcher",
        "runtime, model|ingest|trainer|evaluator|deployer|launcher",
        "ingest, model|trainer|evaluator|deployer|launcher",
        "trainer, ingest|evaluator|deployer|launcher",
        "evaluator, ingest|trainer|deployer|launcher",
        "deployer, ingest|trainer|evaluator|launcher",
    })
    void aModuleKnowsOnlyThoseBelowIt(String module, String strangers) {
        String[] packages = strangers.replaceAll("\\w+", "io.millrace.$0..").split("\\|");

        noClasses()
                .that()
                .resideInAPackage("io.millrace." + module + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(packages)
                .check(OURS);
    }

    @Test
    void theModelKnowsNothingOfKafka() {
        noClasses()
                .that()
                .resideInAPackage("io.millrace.model..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.kafka..", "kafka..")
                .check(OURS);
    }

    @Test
    void onlyTheModelKnowsTheEngine() {
        noClasses()
                .that()
                .resideInAPackage("io.millrace..")
                .and()
                .resideOutsideOfPackage("io.millrace.model..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("ai.djl..")
                .check(OURS);
    }

    @Test
    void packagesFormNoCycles() {
        slices().matching("io.millrace.(**)").should().beFreeOfCycles().check(OURS);
    }
}
