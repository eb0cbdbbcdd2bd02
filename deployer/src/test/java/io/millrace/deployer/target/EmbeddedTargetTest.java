package io.millrace.deployer.target;

import static io.millrace.deployer.Examples.version;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.deployer.rollout.Attempt.Failed;
import io.millrace.deployer.rollout.Attempt.Succeeded;
import io.millrace.deployer.rollout.Clearance.Cleared;
import io.millrace.deployer.serving.Adapters;
import io.millrace.deployer.serving.FakeBackend;
import io.millrace.deployer.serving.LiveModels;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedTargetTest {

    private Adapters adapters;
    private LiveModels models;
    private EmbeddedTarget target;

    @BeforeEach
    void open(@TempDir Path folder) {
        adapters = new Adapters(folder);
        models = new LiveModels(new FakeBackend(), adapters.store());
        target = new EmbeddedTarget(models);
    }

    @Test
    void aGoodAdapterIsLoadedTestedAndFlipped() {
        assertThat(target.load(adapters.cleared("v1", "one"))).isEqualTo(new Succeeded());
        assertThat(target.smokeTest(version("v1"))).isEqualTo(new Succeeded());
        assertThat(target.flip(version("v1"))).isEqualTo(new Succeeded());

        assertThat(target.live()).contains(version("v1"));
    }

    @Test
    void alteredBytesAreAReasonNotACrash() {
        Cleared adapter = adapters.cleared("v1", "one");
        adapters.alter(adapter);

        assertThat(target.load(adapter))
                .isInstanceOfSatisfying(
                        Failed.class, f -> assertThat(f.reason()).contains("altered"));
    }

    @Test
    void aModelThatCannotAnswerIsUnloadedAgain() {
        target.load(adapters.cleared("v1", "!broken"));

        assertThat(target.smokeTest(version("v1")))
                .isInstanceOfSatisfying(
                        Failed.class, f -> assertThat(f.reason()).contains("broken"));
        assertThat(models.acquire("v1")).isEmpty();
    }
}
