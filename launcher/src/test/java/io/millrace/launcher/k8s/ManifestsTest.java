package io.millrace.launcher.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.millrace.launcher.command.MillraceCommand;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

class ManifestsTest {

    private static final Path BASE = Path.of("../k8s/base");
    private static final YAMLMapper YAML = new YAMLMapper();

    @Test
    void the_kustomization_lists_every_file() throws IOException {
        JsonNode kustomization = documents("kustomization.yaml").getFirst();
        Stream<String> listed =
                Stream.concat(
                        kustomization.get("resources").valueStream().map(JsonNode::stringValue),
                        kustomization
                                .get("patches")
                                .valueStream()
                                .map(patch -> patch.get("path").stringValue()));

        try (Stream<Path> files = Files.list(BASE)) {
            assertThat(
                            files.map(file -> file.getFileName().toString())
                                    .filter(name -> !name.equals("kustomization.yaml")))
                    .containsExactlyInAnyOrderElementsOf(listed.toList());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gateway", "curation", "trainer", "evaluator", "deployer"})
    void a_service_is_a_command_behind_a_name_with_a_user_of_its_own(String service) {
        JsonNode deployment = documents(service + ".yaml").getFirst();
        JsonNode pod = deployment.at("/spec/template/spec");

        assertThat(deployment.at("/metadata/name").stringValue()).isEqualTo(service);
        assertThat(pod.at("/containers/0/args/0").stringValue()).isEqualTo(service);
        assertThat(pod.at("/volumes/0/secret/secretName").stringValue())
                .isEqualTo("millrace-" + service);
        assertThat(KafkaPrincipal.ALL).extracting(KafkaPrincipal::name).contains(service);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gateway", "curation", "trainer", "evaluator", "deployer"})
    void the_command_line_of_a_service_is_understood_and_reached_from_outside(String service) {
        String[] arguments =
                documents(service + ".yaml")
                        .getFirst()
                        .at("/spec/template/spec/containers/0/args")
                        .valueStream()
                        .map(JsonNode::stringValue)
                        .toArray(String[]::new);

        assertThatCode(() -> MillraceCommand.line().parseArgs(arguments))
                .doesNotThrowAnyException();
        assertThat(arguments).contains("--host=0.0.0.0");
    }

    @Test
    void curation_keeps_out_what_the_evaluator_asks() {
        assertThat(folderOf("curation", "suites")).isEqualTo(folderOf("evaluator", "suites"));
        assertThat(folderOf("curation", "streams")).isEqualTo("emptyDir:/streams");
    }

    /** Which claim, and where in it, a folder of a service's data directory is. */
    private static String folderOf(String service, String folder) {
        JsonNode pod = documents(service + ".yaml").getFirst().at("/spec/template/spec");
        String wanted = "/var/lib/millrace/" + folder;
        JsonNode mount =
                pod.at("/containers/0/volumeMounts")
                        .valueStream()
                        .filter(m ->
                                (wanted + "/").startsWith(m.get("mountPath").stringValue() + "/"))
                        .max(
                                Comparator.comparingInt(
                                        m -> m.get("mountPath").stringValue().length()))
                        .orElseThrow();
        JsonNode volume =
                pod.at("/volumes")
                        .valueStream()
                        .filter(v -> v.get("name").equals(mount.get("name")))
                        .findFirst()
                        .orElseThrow();
        String below = wanted.substring(mount.get("mountPath").stringValue().length());
        String base = mount.path("subPath").asString("");
        return volume.at("/persistentVolumeClaim/claimName").asString("emptyDir")
                + ":"
                + (base.isEmpty() ? "" : "/" + base)
                + below;
    }

    @Test
    void the_pods_probe_the_port_they_serve_health_and_metrics_on() {
        JsonNode template = documents("pod.yaml").getFirst().at("/spec/template");
        JsonNode container = template.at("/spec/containers/0");

        assertThat(container.at("/ports/0/name").stringValue()).isEqualTo("internal");
        assertThat(container.at("/livenessProbe/httpGet/path").stringValue())
                .isEqualTo("/health/live");
        assertThat(container.at("/readinessProbe/httpGet/path").stringValue())
                .isEqualTo("/health/ready");
        assertThat(container.findValues("httpGet"))
                .allMatch(probe -> probe.get("port").stringValue().equals("internal"));
        assertThat(template.at("/metadata/annotations").get("prometheus.io/port").stringValue())
                .isEqualTo(container.at("/ports/0/containerPort").asString());
    }

    @Test
    void a_client_reads_its_password_from_the_file_that_strimzi_writes(@TempDir Path mounted)
            throws IOException {
        Files.writeString(mounted.resolve("sasl.jaas.config"), "the module and the password");
        Properties properties = new Properties();
        properties.load(
                new StringReader(
                        clientProperties()
                                .replace("/etc/millrace/kafka-user", mounted.toString())));
        properties.put("bootstrap.servers", "localhost:9093");
        properties.put("key.serializer", ByteArraySerializer.class);
        properties.put("value.serializer", ByteArraySerializer.class);

        ProducerConfig config = new ProducerConfig(properties);

        assertThat(config.getString("security.protocol")).isEqualTo("SASL_SSL");
        assertThat(config.getPassword("sasl.jaas.config").value())
                .isEqualTo("the module and the password");
    }

    private static String clientProperties() {
        return documents("configmap.yaml")
                .getLast()
                .at("/data")
                .get("client.properties")
                .stringValue();
    }

    private static List<JsonNode> documents(String name) {
        return YAML.readerFor(JsonNode.class)
                .<JsonNode>readValues(BASE.resolve(name).toFile())
                .readAll();
    }
}
