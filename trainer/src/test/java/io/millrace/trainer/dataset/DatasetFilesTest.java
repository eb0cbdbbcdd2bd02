package io.millrace.trainer.dataset;

import static io.millrace.trainer.Given.example;
import static io.millrace.trainer.Given.range;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schemas.Sha256;
import io.millrace.schemas.WindowId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetFilesTest {

    private final Dataset dataset =
            new Dataset(List.of(example("b", "say \"née\""), example("a", "two\nlines")), 1, 1, 0);

    @TempDir Path directory;

    @Test
    void examplesAreLinesOfMessagesThatEndWithTheAnswer() throws IOException {
        DatasetFiles.write(directory, dataset, manifest());

        assertThat(directory.resolve("dataset.jsonl"))
                .hasContent(
                        """
                        {"id":"b","messages":[{"role":"user","content":"what of b?"},{"role":"assistant","content":"say \\"née\\""}]}
                        {"id":"a","messages":[{"role":"user","content":"what of a?"},{"role":"assistant","content":"two\\nlines"}]}
                        """);
    }

    @Test
    void theDatasetsDigestIsThatOfTheFile() throws IOException {
        DatasetFiles.write(directory, dataset, manifest());

        assertThat(Sha256.of(Files.readAllBytes(directory.resolve("dataset.jsonl"))))
                .isEqualTo(dataset.sha256());
    }

    @Test
    void theManifestTellsWhatTheDatasetWasMadeFrom() throws IOException {
        DatasetFiles.write(directory, dataset, manifest());

        assertThat(directory.resolve("manifest.json"))
                .hasContent(
                        """
                        {
                          "window" : "w2",
                          "ranges" : [
                            {
                              "topic" : "millrace.instructions.sft.v1",
                              "partition" : 0,
                              "from" : 5,
                              "to" : 9
                            }
                          ],
                          "replayed" : [
                            {
                              "window" : "w1",
                              "ranges" : [
                                {
                                  "topic" : "millrace.instructions.sft.v1",
                                  "partition" : 0,
                                  "from" : 0,
                                  "to" : 5
                                }
                              ]
                            }
                          ],
                          "replayRatio" : 1.0,
                          "seed" : 42,
                          "counts" : {
                            "fresh" : 1,
                            "replayed" : 1,
                            "erased" : 0
                          },
                          "datasetSha256" : "%s"
                        }
                        """
                                .formatted(dataset.sha256()));
    }

    private Manifest manifest() {
        return new Manifest(
                new WindowId("w2"),
                List.of(range(0, 5, 9)),
                List.of(new Manifest.Source(new WindowId("w1"), List.of(range(0, 0, 5)))),
                1.0,
                42,
                Manifest.Counts.of(dataset),
                dataset.sha256());
    }
}
