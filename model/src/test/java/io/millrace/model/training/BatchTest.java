package io.millrace.model.training;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.millrace.model.TinyModel;
import io.millrace.model.chat.Tokens;
import io.millrace.model.torch.Torch;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class BatchTest {

    @Test
    void everyResponseTokenIsPredictedByTheTokenBeforeIt() {
        List<Tokens> sequences =
                List.of(
                        new Tokens(new int[] {10, 11, 12, 13}, 2),
                        new Tokens(new int[] {20, 21, 22, 23, 24, 25, 26, 27, 28}, 8),
                        new Tokens(new int[] {30, 31}, 1));

        try (NDManager manager = Torch.manager()) {
            Batch batch = Batch.of(manager, sequences, TinyModel.config());

            long[] ids = batch.ids().toLongArray();
            long[] rows = batch.rows().toLongArray();
            long[] targets = batch.targets().toLongArray();
            assertThat(batch.ids().getShape()).isEqualTo(new Shape(4, 16));
            assertThat(Arrays.stream(rows).limit(4).map(row -> ids[(int) row]))
                    .containsExactly(11L, 12L, 27L, 30L);
            assertThat(Arrays.stream(targets).limit(4)).containsExactly(12L, 13L, 28L, 31L);
            assertThat(Arrays.stream(targets).skip(4)).isNotEmpty().allMatch(t -> t == -100);
        }
    }
}
