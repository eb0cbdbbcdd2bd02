package io.millrace.evaluator;

import io.millrace.evaluator.suite.Examinee;
import io.millrace.schemas.Candidate;
import io.millrace.schemas.ModelVersion;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Examinees by version; a version that nobody scripted is unfit. */
final class ScriptedExaminees implements Examinees {

    private final ScriptedExaminee base;
    private final Map<ModelVersion, Examinee> scripted = new ConcurrentHashMap<>();

    ScriptedExaminees(ScriptedExaminee base) {
        this.base = base;
    }

    ScriptedExaminees with(String version, Examinee examinee) {
        scripted.put(new ModelVersion(version), examinee);
        return this;
    }

    @Override
    public Examinee base() {
        return base;
    }

    @Override
    public Admission admit(Candidate candidate) {
        Examinee examinee = scripted.get(candidate.modelVersion());
        return examinee == null
                ? new Admission.Unfit("artefact is missing")
                : new Admission.Admitted(examinee);
    }
}
