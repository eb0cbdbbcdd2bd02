package io.millrace.ingest.curation;

import io.millrace.schemas.PrincipalId;
import java.util.Set;

/**
 * How much of the training data one person, or one way of putting something, may make up. Caps are
 * counts and not shares: 100 to 250 poisoned examples suffice whatever the size of the data
 * (arXiv:2510.07192).
 *
 * @param principalCap the most examples of one principal among any {@code window} curated ones
 * @param clusterCap the most examples of one near-duplicate cluster among them, and the most with
 *     one answer of three words or more; a shorter one is a label, which unlike prompts may well
 *     share
 * @param window counted in curated examples, since times can be claimed; trusted ones do not count,
 *     so that an import does not make room
 * @param corroboration who must agree
 * @param trusted principals that all of this leaves alone, as it does what was imported
 */
public record PoisoningRules(
        int principalCap,
        int clusterCap,
        int window,
        Corroboration corroboration,
        Set<PrincipalId> trusted) {

    public static final PoisoningRules DEFAULT =
            new PoisoningRules(50, 20, 1000, Corroboration.NONE, Set.of());

    public PoisoningRules {
        trusted = Set.copyOf(trusted);
        atLeastOne("principalCap", principalCap);
        atLeastOne("clusterCap", clusterCap);
        atLeastOne("window", window);
    }

    private static void atLeastOne(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " must be at least 1");
        }
    }
}
