package io.millrace.evaluator;

import io.millrace.evaluator.suite.Examinee;
import io.millrace.schemas.Candidate;

/** Turns what the control topics name into models that answer. */
public interface Examinees {

    /** The bare base model, champion while nothing is deployed. */
    Examinee base();

    /** The base with a candidate's adapter, its digest verified. */
    Admission admit(Candidate candidate);
}
