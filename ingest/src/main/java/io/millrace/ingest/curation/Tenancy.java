package io.millrace.ingest.curation;

import io.millrace.schemas.Correction;
import io.millrace.schemas.Feedback;
import io.millrace.schemas.Interaction;
import io.millrace.schemas.TenantId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who may speak about an interaction: its own tenant. One of no tenant is open to all, since the
 * application that asked was not told apart from others.
 */
final class Tenancy {

    private Tenancy() {}

    /**
     * A case without what other tenants said.
     *
     * @param foreign how many signals were left out
     */
    record Owned(CurationCase content, int foreign) {}

    static boolean admits(Interaction about, @Nullable TenantId speaker) {
        return about.tenant() == null || about.tenant().equals(speaker);
    }

    /** What a case that waited for this interaction holds that its own tenant said. */
    static Owned owned(CurationCase waiting, Interaction arrived) {
        CurationCase own = CurationCase.EMPTY;
        int foreign = 0;
        for (Voice voice : waiting.voices().values()) {
            Feedback feedback = voice.feedback();
            boolean mayRate = feedback != null && admits(arrived, feedback.tenant());
            List<Correction> corrections =
                    voice.corrections().stream().filter(c -> admits(arrived, c.tenant())).toList();
            foreign += voice.corrections().size() - corrections.size();
            foreign += feedback != null && !mayRate ? 1 : 0;
            if (mayRate || !corrections.isEmpty()) {
                own =
                        own.with(
                                new Voice(
                                        voice.principal(), mayRate ? feedback : null, corrections));
            }
        }
        return new Owned(own, foreign);
    }
}
