package io.millrace.evaluator;

import io.millrace.evaluator.suite.Examinee;
import io.millrace.model.LanguageModel;
import io.millrace.model.artefact.ArtefactException;
import io.millrace.model.artefact.ArtefactStore;
import io.millrace.model.artefact.Digest;
import io.millrace.model.config.ModelException;
import io.millrace.schemas.Candidate;

/** Examinees on one base model, their adapters from the artefact store. */
public final class ModelExaminees implements Examinees {

    private final LanguageModel base;
    private final ArtefactStore store;
    private final int maxTokens;

    /**
     * Examinees that share a base.
     *
     * @param maxTokens longest answer
     */
    public ModelExaminees(LanguageModel base, ArtefactStore store, int maxTokens) {
        this.base = base;
        this.store = store;
        this.maxTokens = maxTokens;
    }

    @Override
    public Examinee base() {
        return new ModelExaminee(base, null, maxTokens);
    }

    @Override
    public Admission admit(Candidate candidate) {
        if (!candidate.baseDigest().hex().equals(base.digest().hex())) {
            return new Admission.Unfit(
                    "it was trained on base model %s, and %s is the base here"
                            .formatted(
                                    candidate.baseDigest().brief(),
                                    base.digest().hex().substring(0, 12)));
        }
        try {
            var directory = store.verified(new Digest(candidate.adapterDigest().hex()));
            return new Admission.Admitted(
                    new ModelExaminee(base, base.loadAdapter(directory), maxTokens));
        } catch (ArtefactException | ModelException e) {
            return new Admission.Unfit(String.valueOf(e.getMessage()));
        }
    }
}
