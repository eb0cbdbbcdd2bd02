package io.millrace.ingest.curation;

import io.millrace.schemas.Sha256;
import java.nio.charset.StandardCharsets;

/**
 * Puts whole clusters to one side: some to train on, some to examine with, by nothing but the
 * cluster's name and a salt.
 *
 * @param holdoutShare of the clusters, from 0 to 1
 * @param salt another salt makes another split
 */
public record Split(double holdoutShare, String salt) {

    public static final Split DEFAULT = new Split(0.10, "millrace");

    private static final int HEX_DIGITS = 12;
    private static final double RANGE = Math.pow(16, HEX_DIGITS);

    enum Side {
        TRAIN,
        HOLDOUT
    }

    public Split {
        if (!(holdoutShare >= 0 && holdoutShare <= 1)) {
            throw new IllegalArgumentException("holdoutShare must be a share from 0 to 1");
        }
    }

    Side sideOf(String cluster) {
        String hex = Sha256.of((salt + "\n" + cluster).getBytes(StandardCharsets.UTF_8)).hex();
        double position = Long.parseLong(hex, 0, HEX_DIGITS, 16) / RANGE;
        return position < holdoutShare ? Side.HOLDOUT : Side.TRAIN;
    }
}
