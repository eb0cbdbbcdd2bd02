package io.millrace.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schemas.Topics;
import java.util.List;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;

final class TopicAdminTest {

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
}
