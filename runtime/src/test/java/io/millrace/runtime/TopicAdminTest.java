package io.millrace.runtime;

import static java.util.concurrent.CompletableFuture.failedFuture;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.schemas.Topics;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.junit.jupiter.api.Test;

final class TopicAdminTest {

    private static final Future<?> KNOWN = CompletableFuture.completedFuture("here");
    private static final Future<?> UNKNOWN =
            failedFuture(new UnknownTopicOrPartitionException("not here"));

    @Test
    void everyTopicOfTheCatalogueAndItsDeadLettersAreWanted() {
        List<String> names = TopicAdmin.wanted("team").stream().map(NewTopic::name).toList();

        assertThat(names)
                .doesNotHaveDuplicates()
                .hasSize(2 * Topics.all().size())
                .contains("team.instructions.sft.v1", "team.instructions.sft.v1.dlq");
    }

    @Test
    void theBrokerChoosesTheReplicationFactor() {
        assertThat(TopicAdmin.wanted("team"))
                .allSatisfy(topic -> assertThat(topic.replicationFactor()).isEqualTo((short) -1));
    }

    @Test
    void aTopicThatTheBrokersHaveNotHeardOfYetIsAskedForAgain() throws Exception {
        Iterator<Future<?>> answers = List.of(UNKNOWN, UNKNOWN, KNOWN).iterator();

        TopicAdmin.onceKnown(answers::next, Duration.ofMinutes(1));

        assertThat(answers).isExhausted();
    }

    @Test
    void patienceWithATopicThatNoBrokerHearsOfEnds() {
        Iterator<Future<?>> answers = List.of(UNKNOWN, KNOWN).iterator();

        assertThatThrownBy(() -> TopicAdmin.onceKnown(answers::next, Duration.ZERO))
                .hasCauseInstanceOf(UnknownTopicOrPartitionException.class);
    }

    @Test
    void anyOtherFailureIsNotWaitedOut() {
        Future<?> refused = failedFuture(new TopicAuthorizationException("not yours"));
        Iterator<Future<?>> answers = List.of(refused, KNOWN).iterator();

        assertThatThrownBy(() -> TopicAdmin.onceKnown(answers::next, Duration.ofMinutes(1)))
                .hasCauseInstanceOf(TopicAuthorizationException.class);
    }
}
