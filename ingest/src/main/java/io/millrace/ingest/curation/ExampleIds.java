package io.millrace.ingest.curation;

import io.millrace.schemas.DemonstrationId;
import io.millrace.schemas.ExampleId;
import io.millrace.schemas.InteractionId;
import io.millrace.schemas.PrincipalId;
import io.millrace.schemas.Sha256;
import java.nio.charset.StandardCharsets;

/** Ids of curated events follow from what they were made of, so curating again names them again. */
final class ExampleIds {

    private static final int HEX_DIGITS = 32;

    private ExampleIds() {}

    /** One person's corrections of one answer are revisions of one example. */
    static ExampleId ofCorrection(InteractionId interaction, PrincipalId principal) {
        return id("correction", interaction.value(), principal.value());
    }

    static ExampleId ofDemonstration(DemonstrationId demonstration) {
        return id("demonstration", demonstration.value());
    }

    /** One person holds one preference about one answer. */
    static ExampleId ofPreference(InteractionId interaction, PrincipalId principal) {
        return id("preference", interaction.value(), principal.value());
    }

    private static ExampleId id(String... parts) {
        byte[] name = String.join("\n", parts).getBytes(StandardCharsets.UTF_8);
        return new ExampleId("ex-" + Sha256.of(name).hex().substring(0, HEX_DIGITS));
    }
}
