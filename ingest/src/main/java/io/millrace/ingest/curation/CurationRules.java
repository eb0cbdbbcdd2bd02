package io.millrace.ingest.curation;

/**
 * What curation decides by.
 *
 * @param editFloor the smallest edit, as a share of the longer answer's length, that makes a
 *     preference pair: pairs that are nearly the same teach a model to say the chosen answer less
 *     (arXiv:2410.08847)
 */
public record CurationRules(
        double editFloor, QualityRules quality, Split split, PoisoningRules poisoning) {

    public static final CurationRules DEFAULT =
            new CurationRules(0.1, QualityRules.DEFAULT, Split.DEFAULT, PoisoningRules.DEFAULT);

    public CurationRules {
        if (!(editFloor >= 0 && editFloor <= 1)) {
            throw new IllegalArgumentException("editFloor must be a share from 0 to 1");
        }
    }

    /** This with another defence against poisoning. */
    public CurationRules with(PoisoningRules others) {
        return new CurationRules(editFloor, quality, split, others);
    }
}
