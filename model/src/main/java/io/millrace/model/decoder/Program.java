package io.millrace.model.decoder;

import io.millrace.model.config.ModelConfig;
import io.millrace.model.torch.Script;
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

    private static final String NORM =
            """
              def norm(self: $SELF, x: Tensor, weight: Tensor) -> Tensor:
                n = torch.linalg_vector_norm(x, 2, [-1], True, dtype=6)
                r = torch.rsqrt(n * n / $HIDDEN.0 + $EPS)
                return x * torch.to(r, $TYPE) * torch.to(weight, $TYPE)
            """;

    /**
     * Rotary embedding of heads {@code (..., headDim)}. {@code cos} and {@code sin} are {@link
     * Rope}'s: signed, and scaled for attention.
     */
    private static final String ROPE =
            """
              def rope(self: $SELF, x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
                return torch.addcmul(x * cos, torch.roll(x, [$HALF_HEAD], [-1]), sin)
            """;

    /** The same where each head passes an RMSNorm first (Henry et al. 2020; Qwen3). */
    private static final String NORMED_ROPE =
            """
              def rope(self: $SELF, x: Tensor, cos: Tensor, sin: Tensor, weight: Tensor) -> Tensor:
                n = torch.linalg_vector_norm(x, 2, [-1], True, dtype=6)
                r = torch.rsqrt(n * n / $HEAD_DIM.0 + $EPS)
                x = x * torch.to(r, $TYPE) * torch.to(weight, $TYPE)
                return torch.addcmul(x * cos, torch.roll(x, [$HALF_HEAD], [-1]), sin)
            """;

    /** Attention under an additive {@code bias}, which hides what a position may not see. */
    private static final String ATTENTION =
            """
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
                  n = 1 + i * $PER_BLOCK
                  h = (self).norm(x, w[n], )
                  q = (self).rope((self).heads(torch.linear(h, w[n + 1]$Q_BIAS), $HEADS, ), c, s, $Q_NORM)
                  k = (self).rope((self).heads(torch.linear(h, w[n + 2]$K_BIAS), $KV_HEADS, ), c, s, $K_NORM)
                  v = (self).heads(torch.linear(h, w[n + 3]$V_BIAS), $KV_HEADS, )
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
                  n = 1 + i * $PER_BLOCK
                  h = (self).norm(x, w[n], )
                  q = (self).rope((self).heads(torch.linear(h, w[n + 1]$Q_BIAS), $HEADS, ), c, s, $Q_NORM)
                  k = (self).rope((self).heads(torch.linear(h, w[n + 2]$K_BIAS), $KV_HEADS, ), c, s, $K_NORM)
                  v = (self).heads(torch.linear(h, w[n + 3]$V_BIAS), $KV_HEADS, )
                  torch.scatter_(keys[i], 2, slot, k)
                  torch.scatter_(values[i], 2, slot, v)
                  kk = torch.slice(keys[i], 2, 0, longest)
                  vv = torch.slice(values[i], 2, 0, longest)
                  x = x + torch.linear((self).attend(q, kk, vv, bias, ), w[n + 4])
                  x = (self).mlp(x, w, n, )
                return (self).logits(torch.reshape(x, [B, $HIDDEN]), w, )
            """;

    static final String CAST =
            """
              def cast(self: $SELF, x: Tensor) -> Tensor:
                return torch.to(x, $TYPE)
            """;

    private Program() {}

    /** The program that generates; weights are in the program's precision, vectors in float32. */
    static String generation(ModelConfig config, Precision precision) {
        return fill(parts(config) + GENERATE + CAST, constants(config, precision));
    }

    /** What training and generation share. */
    static String parts(ModelConfig config) {
        return NORM + (config.family().headNorms() ? NORMED_ROPE : ROPE) + ATTENTION;
    }

    static Map<String, String> constants(ModelConfig config, Precision precision) {
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
        constants.put("PER_BLOCK", Integer.toString(Weights.perBlock(config)));
        own(constants, config, precision);
        constants.put("LAST_NORM", Integer.toString(Weights.lastNorm(config)));
        constants.put("OUTPUT", Integer.toString(Weights.output(config)));
        return constants;
    }

    /** The arguments that only some families pass: biases to linear layers, norms to heads. */
    private static void own(
            Map<String, String> constants, ModelConfig config, Precision precision) {
        List<String> biases = List.of("Q_BIAS", "K_BIAS", "V_BIAS");
        for (int i = 0; i < biases.size(); i++) {
            String bias =
                    ", torch.to(w[n + %d], %d)".formatted(Weights.OWN + i, precision.scalarType());
            constants.put(biases.get(i), config.family().attentionBias() ? bias : "");
        }
        List<String> norms = List.of("Q_NORM", "K_NORM");
        for (int i = 0; i < norms.size(); i++) {
            String norm = "w[n + %d], ".formatted(Weights.OWN + i);
            constants.put(norms.get(i), config.family().headNorms() ? norm : "");
        }
    }

    static String fill(String text, Map<String, String> constants) {
        String filled = text;
        for (Map.Entry<String, String> constant : constants.entrySet()) {
            filled = filled.replace("$" + constant.getKey(), constant.getValue());
        }
        return filled;
    }
}
