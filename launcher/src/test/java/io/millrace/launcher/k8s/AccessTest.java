package io.millrace.launcher.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schemas.Owner;
import io.millrace.schemas.Topic;
import io.millrace.schemas.Topics;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What a service's code names and what its user may do are the same, so that rights neither lack
 * nor linger.
 */
class AccessTest {

    private static final Pattern TOPIC = Pattern.compile("Topics\\.([A-Z]+)\\b");

    @Test
    void every_owner_is_one_user() {
        List<Owner> owners =
                KafkaPrincipal.ALL.stream().flatMap(user -> user.owners().stream()).toList();

        assertThat(owners).containsExactlyInAnyOrder(Owner.values());
    }

    @ParameterizedTest
    @CsvSource({
        "curation,  ingest/src/main/java/io/millrace/ingest/curation",
        "gateway,   ingest/src/main/java/io/millrace/ingest/gateway",
        "importer,  ingest/src/main/java/io/millrace/ingest/importer",
        "trainer,   trainer/src/main/java",
        "evaluator, evaluator/src/main/java",
        "deployer,  deployer/src/main/java",
        "operator,  launcher/src/main/java/io/millrace/launcher/operator"
                + " launcher/src/main/java/io/millrace/launcher/history"
    })
    void a_user_may_reach_the_topics_that_its_code_names(String name, String sources) {
        KafkaPrincipal user = user(name);
        Set<String> named =
                Arrays.stream(sources.split(" "))
                        .flatMap(Sources::under)
                        .flatMap(source -> TOPIC.matcher(source).results())
                        .map(MatchResult::group)
                        .collect(Collectors.toCollection(TreeSet::new));

        List<Topic<?>> reachable = new ArrayList<>(user.reads());
        reachable.addAll(user.writes());

        assertThat(constants(reachable)).containsAll(named);
        assertThat(named).containsAll(constants(user.reads()));
    }

    private static KafkaPrincipal user(String name) {
        return KafkaPrincipal.ALL.stream()
                .filter(user -> user.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** How the code names them, such as {@code Topics.SFT}. */
    private static List<String> constants(List<Topic<?>> topics) {
        return Arrays.stream(Topics.class.getFields())
                .filter(field -> field.getType() == Topic.class && topics.contains(value(field)))
                .map(field -> "Topics." + field.getName())
                .toList();
    }

    private static Object value(Field field) {
        try {
            return field.get(null);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
