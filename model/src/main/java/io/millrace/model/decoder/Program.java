package io.millrace.model.decoder;

import io.millrace.model.config.ModelConfig;
import io.millrace.model.torch.Script;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The decoder as TorchScript text: RMSNorm (Zhang and Sennrich 2019), rotary embedding (Su et al.
 * 2021), grouped-query attention (Ainslie et al. 2023), SwiGLU (Shazeer 2020), in Llama's
 * arrangement. Shapes: B sequences, T tokens, hidden H.
 *
 * <p>Sums of squares and cross-entropy are float32; everything else runs in {@link Precision}.
 * Sequences of a batch are padded on the right: a causal model never looks there.
 */
final class Program {

    /**
     * One norm, rotary embedding and attention. {@code cos} and {@code sin} are {@link Rope}'s:
     * signed, and scaled for attention.
     */
    private static final String PARTS =
            """
              def norm(self: $SELF, x: Tensor, weight: Tensor) -> Tensor:
                n = torch.linalg_vector_norm(x, 2, [-1], True, dtype=6)
                r = torch.rsqrt(n * n / $HIDDEN.0 + $EPS)
                return x * torch.to(r, $TYPE) * torch.to(weight, $TYPE)
              def rope(self: $SELF, x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
                return torch.addcmul(x * cos, torch.roll(x, [$HALF_HEAD], [-1]), sin)
              def attend(self: $SELF, q: Tensor, k: Tensor, v: Tensor, bias: Tensor) -> Tensor:
                B = torch.size(q, 0)
                T = torch.size(q, 2)
                S = torch.size(k, 2)
                g = torch.reshape(q, [B * $KV_HEADS, $GROUP * T, $HEAD_DIM])
                kk = torch.reshape(k, [B * $KV_HEADS, S, $HEAD_DIM])
                vv = torch.reshape(v, [B * $KV_HEADS, S, $HEAD_DIM])
                scores = torch.view(torch.bmm(g, torch.transpose(kk, 1, 2)), [B, $KV_HEADS * $GROUP, T, S])
                p = torch.view(torch.softmax(scores + bias, -1), [B * $KV_HEADS, $GROUP * T, S])
                o = torch.reshape(torch.bmm(p, vv), [B, $HEADS, T, $HEAD_DIM])
                return torch.reshape(torch.transpose(o, 1, 2), [B, T, $HEADS * $HEAD_DIM])
              def causal(self: $SELF, T: int) -> Tensor:
                return torch.triu(torch.full([T, T], -10000., dtype=$TYPE), 1)
            """;

    /**
     * A block on flattened positions {@code x (B*T, H)}, with low-rank adapters {@code p} beside
     * the linear layers that have them (Hu et al. 2021). Layers that read the same input are one
     * product, and so are their adapters: on a CPU, element-wise work and calls cost more than the
     * products. {@code rows}, where given, are the only positions that leave the block.
     */
    private static final String BLOCK =
            """
              def linear(self: $SELF, x: Tensor, w: Tensor) -> Tensor:
                return torch.linear(x, torch.to(w, $TYPE))
              def add(self: $SELF, y: Tensor, x: Tensor, w: Tensor) -> Tensor:
                return torch.addmm(y, x, torch.t(torch.to(w, $TYPE)))
              def adapt(self: $SELF, y: Tensor, x: Tensor, a: List[Tensor], b: List[Tensor]) -> Tensor:
                return (self).add(y, (self).linear(x, torch.cat(a), ), torch.block_diag(b) * $LORA_SCALE, )
              def block(self: $SELF, x: Tensor, B: int, cos: Tensor, sin: Tensor, bias: Tensor, w: List[Tensor], p: List[Tensor], i: int, rows: Optional[Tensor]) -> Tensor:
                n = 1 + i * 9
                m = i * $ADAPTERS
                h = (self).norm(x, w[n], )
                y = (self).linear(h, torch.cat([w[n + 1], w[n + 2], w[n + 3]]), )
                y = $ADAPT_QKV
                y = torch.view(y, [B, -1, $HEADS + 2 * $KV_HEADS, $HEAD_DIM])
                qk, v, = torch.split_with_sizes(y, [$HEADS + $KV_HEADS, $KV_HEADS], 2)
                qk = torch.transpose((self).rope(qk, cos, sin, ), 1, 2)
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
              def loss(self: $SELF, ids: Tensor, rows: Tensor, targets: Tensor, cos: Tensor, sin: Tensor, w: List[Tensor]$P_ARGUMENT) -> Tensor:
                B = torch.size(ids, 0)
                T = torch.size(ids, 1)
                c = torch.unsqueeze(torch.to(torch.slice(cos, 0, 0, T), $TYPE), 1)
                s = torch.unsqueeze(torch.to(torch.slice(sin, 0, 0, T), $TYPE), 1)
                bias = (self).causal(T, )
                x = torch.flatten(torch.to(torch.embedding(w[0], ids), $TYPE), 0, 1)
                for i in range($LAYERS - 1):
                  x = (self).block(x, B, c, s, bias, w, $P_OR_W, i, None, )
                x = (self).block(x, B, c, s, bias, w, $P_OR_W, $LAYERS - 1, rows, )
                logits = (self).linear((self).norm(x, w[$LAST_NORM], ), w[$OUTPUT], )
                return torch.cross_entropy_loss(torch.to(logits, 6), targets, None, 1, -100, 0.)
            """;

    /**
     * One AdamW step (Loshchilov and Hutter 2019), gradients clipped to norm 1; gives the loss and
     * the norm before.
     */
    private static final String STEP =
            """
              def step(self: $SELF, ids: Tensor, rows: Tensor, targets: Tensor, cos: Tensor, sin: Tensor, w: List[Tensor]$P_ARGUMENT, m: List[Tensor], v: List[Tensor], count: Tensor, rate: Tensor) -> List[Tensor]:
                torch.set_grad_enabled(True)
                loss = (self).loss(ids, rows, targets, cos, sin, w$P_PASSED, )
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

    /**
     * Generation: {@code prefill} fills the cache from prompts, {@code decode} adds a token to each
     * sequence.
     */
    private static final String GENERATE =
            """
              def heads(self: $SELF, x: Tensor, n: int) -> Tensor:
                return torch.transpose(torch.view(x, [torch.size(x, 0), torch.size(x, 1), n, $HEAD_DIM]), 1, 2)
              def mlp(self: $SELF, x: Tensor, w: List[Tensor], n: int) -> Tensor:
                h = (self).norm(x, w[n + 5], )
                return x + torch.linear(torch.silu(torch.linear(h, w[n + 6])) * torch.linear(h, w[n + 7]), w[n + 8])
              def logits(self: $SELF, x: Tensor, w: List[Tensor]) -> Tensor:
                return torch.to(torch.linear((self).norm(x, w[$LAST_NORM], ), w[$OUTPUT]), 6)
              def prefill(self: $SELF, ids: Tensor, last: Tensor, cos: Tensor, sin: Tensor, keys: List[Tensor], values: List[Tensor], w: List[Tensor]) -> Tensor:
                T = torch.size(ids, 1)
                c = torch.slice(cos, 0, 0, T)
                s = torch.slice(sin, 0, 0, T)
                bias = (self).causal(T, )
                x = torch.embedding(w[0], ids)
                for i in range($LAYERS):
                  n = 1 + i * 9
                  h = (self).norm(x, w[n], )
                  q = (self).rope((self).heads(torch.linear(h, w[n + 1]), $HEADS, ), c, s, )
                  k = (self).rope((self).heads(torch.linear(h, w[n + 2]), $KV_HEADS, ), c, s, )
                  v = (self).heads(torch.linear(h, w[n + 3]), $KV_HEADS, )
                  torch.copy_(torch.slice(keys[i], 2, 0, T), k)
                  torch.copy_(torch.slice(values[i], 2, 0, T), v)
                  x = x + torch.linear((self).attend(q, k, v, bias, ), w[n + 4])
                  x = (self).mlp(x, w, n, )
                return (self).logits(torch.index_select(torch.reshape(x, [-1, $HIDDEN]), 0, last), w, )
              def decode(self: $SELF, ids: Tensor, at: Tensor, longest: int, cos: Tensor, sin: Tensor, keys: List[Tensor], values: List[Tensor], w: List[Tensor]) -> Tensor:
                B = torch.size(ids, 0)
                c = torch.reshape(torch.index_select(cos, 0, at), [B, 1, 1, $HEAD_DIM])
                s = torch.reshape(torch.index_select(sin, 0, at), [B, 1, 1, $HEAD_DIM])
                slot = torch.expand(torch.reshape(at, [B, 1, 1, 1]), [B, $KV_HEADS, 1, $HEAD_DIM])
                unseen = torch.gt(torch.unsqueeze(torch.arange(longest), 0), torch.unsqueeze(at, 1))
                bias = torch.reshape(torch.to(unseen, $TYPE) * -10000., [B, 1, 1, longest])
                x = torch.embedding(w[0], torch.unsqueeze(ids, 1))
                for i in range($LAYERS):
                  n = 1 + i * 9
                  h = (self).norm(x, w[n], )
                  q = (self).rope((self).heads(torch.linear(h, w[n + 1]), $HEADS, ), c, s, )
                  k = (self).rope((self).heads(torch.linear(h, w[n + 2]), $KV_HEADS, ), c, s, )
                  v = (self).heads(torch.linear(h, w[n + 3]), $KV_HEADS, )
                  torch.scatter_(keys[i], 2, slot, k)
                  torch.scatter_(values[i], 2, slot, v)
                  kk = torch.slice(keys[i], 2, 0, longest)
                  vv = torch.slice(values[i], 2, 0, longest)
                  x = x + torch.linear((self).attend(q, kk, vv, bias, ), w[n + 4])
                  x = (self).mlp(x, w, n, )
                return (self).logits(torch.reshape(x, [B, $HIDDEN]), w, )
            """;

    private static final String CAST =
            """
              def cast(self: $SELF, x: Tensor) -> Tensor:
                return torch.to(x, $TYPE)
            """;

    private Program() {}

    /** The program that generates; weights are in the program's precision, norms in float32. */
    static String generation(ModelConfig config, Precision precision) {
        return fill(PARTS + GENERATE + CAST, constants(config, precision));
    }

    /** The program that trains adapters beside frozen weights. */
    static String adapterTraining(
            ModelConfig config,
            Precision precision,
            List<Linear> targets,
            double scale,
            double weightDecay) {
        Map<String, String> constants = constants(config, precision);
        constants.put("ADAPTERS", Integer.toString(2 * targets.size()));
        adapted(constants, config, targets);
        constants.put("LORA_SCALE", Double.toString(scale));
        constants.put("P_ARGUMENT", ", p: List[Tensor]");
        constants.put("P_PASSED", ", p");
        constants.put("P_OR_W", "p");
        constants.put("BETA2", "0.999");
        constants.put("WEIGHT_DECAY", Double.toString(weightDecay));
        return fill(PARTS + BLOCK + LOSS + STEP + AVERAGE + CAST, constants);
    }

    /** The program that trains every weight. */
    static String fullTraining(ModelConfig config, Precision precision, double weightDecay) {
        Map<String, String> constants = constants(config, precision);
        constants.put("ADAPTERS", "0");
        adapted(constants, config, List.of());
        constants.put("LORA_SCALE", "1.");
        constants.put("P_ARGUMENT", "");
        constants.put("P_PASSED", "");
        constants.put("P_OR_W", "w");
        constants.put("BETA2", "0.95");
        constants.put("WEIGHT_DECAY", Double.toString(weightDecay));
        return fill(PARTS + BLOCK + LOSS + STEP + CAST, constants);
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
        return a.isEmpty() ? y : "(self).adapt(%s, %s, %s, %s, )".formatted(y, x, a, b);
    }

    private static Map<String, String> constants(ModelConfig config, Precision precision) {
        // Longer names first: no name may replace the start of another.
        Map<String, String> constants =
                new TreeMap<>(
                        Comparator.comparingInt(String::length)
                                .reversed()
                                .thenComparing(Comparator.naturalOrder()));
        constants.put("SELF", Script.SELF);
        constants.put("TYPE", Integer.toString(precision.scalarType()));
        constants.put("EPS", Double.toString(config.normEps()));
        constants.put("HIDDEN", Integer.toString(config.hiddenSize()));
        constants.put("LAYERS", Integer.toString(config.layers()));
        constants.put("HEADS", Integer.toString(config.heads()));
        constants.put("KV_HEADS", Integer.toString(config.kvHeads()));
        constants.put("GROUP", Integer.toString(config.heads() / config.kvHeads()));
        constants.put("HEAD_DIM", Integer.toString(config.headDim()));
        constants.put("HALF_HEAD", Integer.toString(config.headDim() / 2));
        constants.put("LAST_NORM", Integer.toString(Weights.lastNorm(config)));
        constants.put("OUTPUT", Integer.toString(Weights.output(config)));
        return constants;
    }

    private static String fill(String text, Map<String, String> constants) {
        String filled = text;
        for (Map.Entry<String, String> constant : constants.entrySet()) {
            filled = filled.replace("$" + constant.getKey(), constant.getValue());
        }
        return filled;
    }
}
