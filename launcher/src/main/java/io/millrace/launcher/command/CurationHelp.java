package io.millrace.launcher.command;

import io.millrace.ingest.curation.CurationFile;

/** What help says about the rules of curation. */
final class CurationHelp {

    static final String HEADING = "%nCuration decides by curation.yaml in the data directory:%n";

    static final String STANDARD =
            CurationFile.STANDARD
                    + """
                    This is the standard; a key that is left out keeps it. Of any 'window' curated examples \
                    at most 'principal-cap' come from one person and 'cluster-cap' say nearly the same; imports \
                    and trusted principals are exempt. Corroboration is none, second-principal (another person \
                    has to give the same answer) or reviewer (each example waits for 'millrace quarantine \
                    release').\
                    """;

    private CurationHelp() {}
}
