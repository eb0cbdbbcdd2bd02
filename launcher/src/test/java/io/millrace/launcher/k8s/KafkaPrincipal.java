package io.millrace.launcher.k8s;

import static io.millrace.schemas.Topics.CANDIDATES;
import static io.millrace.schemas.Topics.CORRECTIONS;
import static io.millrace.schemas.Topics.DEMONSTRATIONS;
import static io.millrace.schemas.Topics.DEPLOYMENTS;
import static io.millrace.schemas.Topics.ERASURES;
import static io.millrace.schemas.Topics.FEEDBACK;
import static io.millrace.schemas.Topics.HOLDOUT;
import static io.millrace.schemas.Topics.INTERACTIONS;
import static io.millrace.schemas.Topics.QUARANTINE;
import static io.millrace.schemas.Topics.REQUESTS;
import static io.millrace.schemas.Topics.REVIEWS;
import static io.millrace.schemas.Topics.SFT;
import static io.millrace.schemas.Topics.VERDICTS;
import static io.millrace.schemas.Topics.WINDOWS;

import io.millrace.schemas.Owner;
import io.millrace.schemas.Topic;
import io.millrace.schemas.Topics;
import java.util.List;
import java.util.Set;

/**
 * Who a process is to the broker.
 *
 * @param owners the catalogue's writers that it may write as
 * @param reads the topics it may read; their dead letters it may read and write
 */
record KafkaPrincipal(String name, Set<Owner> owners, List<Topic<?>> reads) {

    /** One for each service, for the command that imports data sets, and for the operator's. */
    static final List<KafkaPrincipal> ALL =
            List.of(
                    new KafkaPrincipal("gateway", Set.of(Owner.GATEWAY), List.of()),
                    new KafkaPrincipal("importer", Set.of(Owner.IMPORTER), List.of()),
                    new KafkaPrincipal(
                            "curation",
                            Set.of(Owner.CURATION),
                            List.of(
                                    INTERACTIONS,
                                    FEEDBACK,
                                    CORRECTIONS,
                                    DEMONSTRATIONS,
                                    ERASURES,
                                    QUARANTINE,
                                    REVIEWS)),
                    new KafkaPrincipal(
                            "trainer",
                            Set.of(Owner.TRAINER, Owner.TRIGGER),
                            List.of(ERASURES, SFT, REQUESTS, WINDOWS, DEPLOYMENTS)),
                    new KafkaPrincipal(
                            "evaluator",
                            Set.of(Owner.EVALUATOR),
                            List.of(
                                    ERASURES,
                                    SFT,
                                    HOLDOUT,
                                    WINDOWS,
                                    CANDIDATES,
                                    VERDICTS,
                                    DEPLOYMENTS)),
                    new KafkaPrincipal(
                            "deployer",
                            Set.of(Owner.DEPLOYER, Owner.SERVING),
                            List.of(CANDIDATES, VERDICTS, DEPLOYMENTS)),
                    new KafkaPrincipal(
                            "operator",
                            Set.of(Owner.OPERATOR),
                            List.of(
                                    ERASURES,
                                    SFT,
                                    QUARANTINE,
                                    REVIEWS,
                                    WINDOWS,
                                    CANDIDATES,
                                    VERDICTS,
                                    DEPLOYMENTS)));

    List<Topic<?>> writes() {
        return Topics.all().stream()
                .filter(topic -> topic.owners().stream().anyMatch(owners::contains))
                .toList();
    }
}
