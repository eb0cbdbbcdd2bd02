package io.millrace.model.decoder;

import io.millrace.model.config.ModelConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The decoder's training step as TorchScript text, around the parts of {@link Program}. */
final class TrainingProgram {

    private static final String NORM =
            """
              def norm(self: $SELF, x: Tensor, weight: Tensor) -> Tensor:
                n = torch.linalg_vector_norm(x, 2, [-1], True, dtype=6)
                r = torch.rsqrt(n * n / $HIDDEN.0 + $EPS)
                return x * torch.to(r, $TYPE) * torch.to(weight, $TYPE)
            """;

    /** The bias that hides what comes later in a sequence. */
    private static final String CAUSAL =
            """
              def causal(self: $SELF, T: int) -> Tensor:
                return torch.triu(torch.full([T, T], -10000., dtype=$TYPE), 1)
            """;

    private static final String LINEAR =
            """
              def linear(self: $SELF, x: Tensor, w: Tensor) -> Tensor:
                return torch.linear(x, torch.to(w, $TYPE))
              def add(self: $SELF, y: Tensor, x: Tensor, w: Tensor) -> Tensor:
                return torch.addmm(y, x, torch.t(torch.to(w, $TYPE)))
            """;

    /** What low-rank adapters (Hu et al. 2021) of layers side by side add to their output. */
    private static final String ADAPT =
            """
              def adapt(self: $SELF, y: Tensor, x: Tensor, a: List[Tensor], b: List[Tensor]) -> Tensor:
                return (self).add(y, (self).linear(x, torch.cat(a), ), torch.block_diag(b) * $LORA_SCALE, )
            """;

    /**
     * The same, and where there are {@code masks} each number of {@code x} is left out with the
     * dropout's share (Srivastava et al. 2014). What stays is made up for in A, in float32: 1/0.9
     * in bfloat16 would be a sixth of a per cent off. Layers of one product share a mask; PEFT
     * draws one for each.
     */
    private static final String DROPPING_ADAPT =
            """
              def adapt(self: $SELF, y: Tensor, x: Tensor, a: List[Tensor], b: List[Tensor], masks: Optional[Generator]) -> Tensor:
                w = torch.cat(a)
                if torch.__isnot__(masks, None):
                  x = x * torch.bernoulli_(torch.empty_like(x), $KEPT, generator=masks)
                  w = w / $KEPT
                return (self).add(y, (self).linear(x, w, ), torch.block_diag(b) * $LORA_SCALE, )
            """;

    /**
     * A block on flattened positions {@code x (B*T, H)}, with adapters {@code p} beside the linear
     * layers that have them. Layers that read the same input are one product, and so are their
     * adapters: on a CPU, element-wise work and calls cost more than the products. {@code rows},
     * where given, are the only positions that leave the block.
     */
    private static final String BLOCK =
            """
              def block(self: $SELF, x: Tensor, B: int, cos: Tensor, sin: Tensor, bias: Tensor, w: List[Tensor], p: List[Tensor], i: int, rows: Optional[Tensor]$MASKS_ARGUMENT) -> Tensor:
                n = 1 + i * $PER_BLOCK
                m = i * $ADAPTERS
                h = (self).norm(x, w[n], )
                y = $QKV
                y = $ADAPT_QKV
                y = torch.view(y, [B, -1, $HEADS + 2 * $KV_HEADS, $HEAD_DIM])
                qk, v, = torch.split_with_sizes(y, [$HEADS + $KV_HEADS, $KV_HEADS], 2)
                qk = torch.transpose((self).rope(qk, cos, sin, $QK_NORM), 1, 2)
                q, k, = torch.split_with_sizes(qk, [$HEADS, $KV_HEADS], 1)
                o = torch.flatten((self).attend(q, k, torch.transpose(v, 1, 2), bias, ), 0, 1)
                if torch.__isnot__(rows, None):
                  r = unchecked_cast(Tensor, rows)
                  x = torch.index_select(x, 0, r)
                  o = torch.index_select(o, 0, r)
                x = (self).add(x, o, w[n + 4], )
                x = $ADAPT_O
                h = (self).norm(x, w[n + 5], )
                y = (self).linear(h, torch.cat([w[n + 6], w[n + 7]]), )
                y = $ADAPT_MLP
                g, u, = torch.chunk(y, 2, -1)
                g = torch.silu(g) * u
                x = (self).add(x, g, w[n + 8], )
                return $ADAPT_DOWN
            """;

    /**
     * Mean cross-entropy over chosen rows: {@code ids (B, T)}, {@code rows (R)} index the flattened
     * {@code (B*T)} positions that predict a response token, {@code targets (R)} are those tokens.
     */
    private static final String LOSS =
            """
              def $LOSS(self: $SELF, ids: Tensor, rows: Tensor, targets: Tensor, cos: Tensor, sin: Tensor, w: List[Tensor]$P_ARGUMENT$MASKS_ARGUMENT) -> Tensor:
                B = torch.size(ids, 0)
                T = torch.size(ids, 1)
                c = torch.unsqueeze(torch.to(torch.slice(cos, 0, 0, T), $TYPE), 1)
                s = torch.unsqueeze(torch.to(torch.slice(sin, 0, 0, T), $TYPE), 1)
                bias = (self).causal(T, )
                x = torch.flatten(torch.to(torch.embedding(w[0], ids), $TYPE), 0, 1)
                for i in range($LAYERS - 1):
                  x = (self).block(x, B, c, s, bias, w, $P_OR_W, i, None$MASKS, )
                x = (self).block(x, B, c, s, bias, w, $P_OR_W, $LAYERS - 1, rows$MASKS, )
                logits = (self).linear((self).norm(x, w[$LAST_NORM], ), w[$OUTPUT], )
                return torch.cross_entropy_loss(torch.to(logits, 6), targets, None, 1, -100, 0.)
            """;

    /** The loss of what was trained so far, with nothing left out. */
    private static final String WHOLE_LOSS =
            """
              def loss(self: $SELF, ids: Tensor, rows: Tensor, targets: Tensor, cos: Tensor, sin: Tensor, w: List[Tensor]$P_ARGUMENT) -> Tensor:
                return (self).$LOSS(ids, rows, targets, cos, sin, w$P_PASSED, None, )
            """;

    /**
     * One AdamW step (Loshchilov and Hutter 2019), gradients clipped to norm 1; gives the loss and
     * the norm before.
     */
    private static final String STEP =
            """
              def step(self: $SELF, ids: Tensor, rows: Tensor, targets: Tensor, cos: Tensor, sin: Tensor, w: List[Tensor]$P_ARGUMENT, m: List[Tensor], v: List[Tensor], count: Tensor, rate: Tensor$SEED_ARGUMENT) -> List[Tensor]:
                torch.set_grad_enabled(True)
                loss = (self).$LOSS(ids, rows, targets, cos, sin, w$P_PASSED$MASKS_SEEDED, )
                found = torch.autograd.grad([loss], $P_OR_W)
                torch.set_grad_enabled(False)
                gradients = annotate(List[Tensor], [])
                norms = annotate(List[Tensor], [])
                counts = annotate(List[Tensor], [])
                torch.add_(count, 1)
                for i in range(torch.len(found)):
                  g = torch.contiguous(torch._unwrap_optional(found[i]))
                  gradients.append(g)
                  norms.append(torch.norm(g, 2))
                  counts.append(count)
                norm = torch.norm(torch.stack(norms), 2)
                torch._foreach_mul_(gradients, torch.clamp(torch.reciprocal(norm + 1.0e-6), None, 1.))
                torch._fused_adamw_($P_OR_W, gradients, m, v, annotate(List[Tensor], []), counts, lr=rate, beta1=0.9, beta2=$BETA2, weight_decay=$WEIGHT_DECAY, eps=1.0e-8, amsgrad=False, maximize=False, grad_scale=None, found_inf=None)
                torch.set_grad_enabled(True)
                return [torch.detach(loss), norm]
            """;

    /** Moves each mean {@code m} towards what is averaged, {@code p}, by a share of the way. */
    private static final String AVERAGE =
            """
              def average(self: $SELF, m: List[Tensor], p: List[Tensor], share: float) -> Tensor:
                torch._foreach_lerp_(m, p, share)
                return m[0]
            """;

    private TrainingProgram() {}

    /** The program that trains adapters beside frozen weights. */
    static String adapters(ModelConfig config, Trainable.AdapterTraining training) {
        List<Linear> targets = training.targets();
        double dropout = training.dropout().share();
        Map<String, String> constants = constants(config, training.precision());
        constants.put("ADAPTERS", Integer.toString(2 * targets.size()));
        adapted(constants, config, targets);
        constants.put("LORA_SCALE", Double.toString(training.scale()));
        constants.put("P_ARGUMENT", ", p: List[Tensor]");
        constants.put("P_PASSED", ", p");
        constants.put("P_OR_W", "p");
        constants.put("BETA2", "0.999");
        constants.put("WEIGHT_DECAY", Double.toString(training.weightDecay()));
        if (dropout > 0) {
            dropping(constants, dropout);
        }
        return Program.fill(
                NORM
                        + CAUSAL
                        + Program.parts(config)
                        + LINEAR
                        + (dropout > 0 ? DROPPING_ADAPT : ADAPT)
                        + BLOCK
                        + LOSS
                        + (dropout > 0 ? WHOLE_LOSS : "")
                        + STEP
                        + AVERAGE
                        + Program.CAST,
                constants);
    }

    /** The program that trains every weight. */
    static String full(ModelConfig config, Precision precision, double weightDecay) {
        Map<String, String> constants = constants(config, precision);
        constants.put("ADAPTERS", "0");
        adapted(constants, config, List.of());
        constants.put("LORA_SCALE", "1.");
        constants.put("P_ARGUMENT", "");
        constants.put("P_PASSED", "");
        constants.put("P_OR_W", "w");
        constants.put("BETA2", "0.95");
        constants.put("WEIGHT_DECAY", Double.toString(weightDecay));
        return Program.fill(
                NORM
                        + CAUSAL
                        + Program.parts(config)
                        + LINEAR
                        + ADAPT
                        + BLOCK
                        + LOSS
                        + STEP
                        + Program.CAST,
                constants);
    }

    private static void dropping(Map<String, String> constants, double dropout) {
        constants.put("KEPT", Double.toString(1 - dropout));
        constants.put("LOSS", "dropping_loss");
        constants.put("MASKS", ", masks");
        constants.put("MASKS_ARGUMENT", ", masks: Optional[Generator]");
        constants.put(
                "MASKS_SEEDED", ", torch.Generator(device=ops.prim.device(ids), seed=int(seed))");
        constants.put("SEED_ARGUMENT", ", seed: Tensor");
    }

    private static void adapted(
            Map<String, String> constants, ModelConfig config, List<Linear> targets) {
        constants.put(
                "ADAPT_QKV",
                adapt("y", "h", List.of(Linear.Q, Linear.K, Linear.V), config, targets));
        constants.put("ADAPT_O", adapt("x", "o", List.of(Linear.O), config, targets));
        constants.put(
                "ADAPT_MLP", adapt("y", "h", List.of(Linear.GATE, Linear.UP), config, targets));
        constants.put("ADAPT_DOWN", adapt("x", "g", List.of(Linear.DOWN), config, targets));
    }

    /** The output {@code y} of layers side by side, with what their adapters make of {@code x}. */
    private static String adapt(
            String y, String x, List<Linear> layers, ModelConfig config, List<Linear> targets) {
        List<String> a = new ArrayList<>();
        List<String> b = new ArrayList<>();
        for (Linear layer : layers) {
            int at = 2 * targets.indexOf(layer);
            if (at < 0) {
                b.add("torch.new_zeros(%s, [%d, 0])".formatted(x, layer.outputs(config)));
            } else {
                a.add("p[m + " + at + "]");
                b.add("p[m + " + (at + 1) + "]");
            }
        }
        // $MASKS is filled in after this: its name is the shorter.
        return a.isEmpty() ? y : "(self).adapt(%s, %s, %s, %s$MASKS, )".formatted(y, x, a, b);
    }

    private static Map<String, String> constants(ModelConfig config, Precision precision) {
        Map<String, String> constants = Program.constants(config, precision);
        constants.put("QKV", queriesKeysAndValues(config, precision));
        constants.put("LOSS", "loss");
        for (String dropping :
                List.of("MASKS", "MASKS_ARGUMENT", "MASKS_SEEDED", "SEED_ARGUMENT")) {
            constants.put(dropping, "");
        }
        constants.put(
                "QK_NORM", config.family().headNorms() ? Program.headNorms(config) + ", " : "");
        return constants;
    }

    /** Three layers as one product, with their biases where they have them. */
    private static String queriesKeysAndValues(ModelConfig config, Precision precision) {
        String weight = "torch.cat([w[n + 1], w[n + 2], w[n + 3]])";
        return config.family().attentionBias()
                ? "(self).add(%s, h, %s, )".formatted(Program.biases(precision), weight)
                : "(self).linear(h, %s, )".formatted(weight);
    }
}
