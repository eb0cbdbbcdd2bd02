package io.millrace.model.decoder;

import io.millrace.model.config.ModelConfig;
import io.millrace.model.torch.Script;
import java.util.Comparator;
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
            """;

    /**
     * Weights as generation reads them, made once from those of {@link Weights}: layers that read
     * the same input are one matrix, which has the weight of the norm before it as a factor, and
     * each matrix lies as oneDNN's kernels want it; a plain one is brought into that order for
     * every product. The fifth of a block is the family's own: a bias, or norms of the heads.
     */
    private static final String PACK =
            """
              def matrix(self: $SELF, w: Tensor) -> Tensor:
                return ops.mkldnn._reorder_linear_weight(torch.to(w, $TYPE), None)
              def pack(self: $SELF, w: List[Tensor]) -> List[Tensor]:
                p = [torch.to(w[0], $TYPE)]
                for i in range($LAYERS):
                  n = 1 + i * $PER_BLOCK
                  p.append((self).matrix(torch.cat([w[n + 1], w[n + 2], w[n + 3]]) * w[n], ))
                  p.append((self).matrix(w[n + 4], ))
                  p.append((self).matrix(torch.cat([w[n + 6], w[n + 7]]) * w[n + 5], ))
                  p.append((self).matrix(w[n + 8], ))
                  p.append($OWN)
                p.append((self).matrix(w[$OUTPUT] * w[$LAST_NORM], ))
                return p
            """;

    /**
     * Generation: new tokens {@code ids (B, T)} of each sequence at positions {@code at (B, T)},
     * their keys and values into the cache {@code (B, kvHeads, capacity, headDim)}, attention to
     * the first {@code longest} places of it, and the logits {@code (n, vocabulary)} of the
     * flattened positions {@code asked (n)}.
     */
    private static final String GENERATE =
            """
              def unit(self: $SELF, x: Tensor) -> Tensor:
                n = torch.linalg_vector_norm(x, 2, [-1], True, dtype=6)
                return x * torch.to(torch.rsqrt(n * n / $HIDDEN.0 + $EPS), $TYPE)
              def linear(self: $SELF, x: Tensor, w: Tensor, bias: Optional[Tensor]) -> Tensor:
                return ops.mkldnn._linear_pointwise(x, w, bias, "none", annotate(List[Optional[number]], []), None)
              def add(self: $SELF, y: Tensor, x: Tensor, w: Tensor) -> Tensor:
                return ops.mkldnn._linear_pointwise(x, y, w, None, "add")
              def forward(self: $SELF, ids: Tensor, at: Tensor, longest: int, asked: Tensor, cos: Tensor, sin: Tensor, keys: List[Tensor], values: List[Tensor], w: List[Tensor]) -> Tensor:
                B = torch.size(ids, 0)
                T = torch.size(ids, 1)
                c = torch.view(torch.index_select(cos, 0, torch.flatten(at)), [B, T, 1, $HEAD_DIM])
                s = torch.view(torch.index_select(sin, 0, torch.flatten(at)), [B, T, 1, $HEAD_DIM])
                slot = torch.expand(torch.view(at, [B, 1, T, 1]), [B, $KV_HEADS, T, $HEAD_DIM])
                unseen = torch.gt(torch.arange(longest), torch.unsqueeze(at, 2))
                bias = torch.unsqueeze(torch.to(unseen, $TYPE) * -10000., 1)
                x = torch.embedding(w[0], ids)
                for i in range($LAYERS):
                  n = 1 + i * 5
                  y = (self).linear((self).unit(x, ), w[n], $QKV_BIAS, )
                  y = torch.view(y, [B, T, $HEADS + 2 * $KV_HEADS, $HEAD_DIM])
                  qk, v, = torch.split_with_sizes(y, [$HEADS + $KV_HEADS, $KV_HEADS], 2)
                  qk = torch.transpose((self).rope(qk, c, s, $QK_NORM), 1, 2)
                  q, k, = torch.split_with_sizes(qk, [$HEADS, $KV_HEADS], 1)
                  torch.scatter_(keys[i], 2, slot, k)
                  torch.scatter_(values[i], 2, slot, torch.transpose(v, 1, 2))
                  kk = torch.slice(keys[i], 2, 0, longest)
                  vv = torch.slice(values[i], 2, 0, longest)
                  x = (self).add(x, (self).attend(q, kk, vv, bias, ), w[n + 1], )
                  y = (self).linear((self).unit(x, ), w[n + 2], None, )
                  g, u, = torch.chunk(y, 2, -1)
                  x = (self).add(x, torch.silu(g) * u, w[n + 3], )
                x = torch.index_select(torch.view(x, [-1, $HIDDEN]), 0, asked)
                return torch.to((self).linear((self).unit(x, ), w[1 + $LAYERS * 5], None, ), 6)
            """;

    private static final String NOTHING = "torch.empty([0])";

    static final String CAST =
            """
              def cast(self: $SELF, x: Tensor) -> Tensor:
                return torch.to(x, $TYPE)
            """;

    private Program() {}

    /** The program that generates; matrices are in the program's precision, vectors in float32. */
    static String generation(ModelConfig config, Precision precision) {
        return fill(parts(config) + PACK + GENERATE + CAST, constants(config, precision));
    }

    /** What training and generation share. */
    static String parts(ModelConfig config) {
        return (config.family().headNorms() ? NORMED_ROPE : ROPE) + ATTENTION;
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

    /** What only some families have: biases of linear layers, norms of heads. */
    private static void own(
            Map<String, String> constants, ModelConfig config, Precision precision) {
        boolean biases = config.family().attentionBias();
        boolean norms = config.family().headNorms();
        constants.put("OWN", biases ? biases(precision) : norms ? headNorms(config) : NOTHING);
        constants.put("QKV_BIAS", biases ? "w[n + 4]" : "None");
        constants.put("QK_NORM", norms ? "w[n + 4], " : "");
    }

    /** Of queries, keys and values, side by side. */
    static String biases(Precision precision) {
        return "torch.to(torch.cat([w[n + %d], w[n + %d], w[n + %d]]), %d)"
                .formatted(Weights.OWN, Weights.OWN + 1, Weights.OWN + 2, precision.scalarType());
    }

    /** The norm of each head of queries and keys, {@code (heads + kvHeads, headDim)}. */
    static String headNorms(ModelConfig config) {
        return "torch.cat([torch.expand(w[n + %d], [%d, -1]), torch.expand(w[n + %d], [%d, -1])])"
                .formatted(Weights.OWN, config.heads(), Weights.OWN + 1, config.kvHeads());
    }

    static String fill(String text, Map<String, String> constants) {
        String filled = text;
        for (Map.Entry<String, String> constant : constants.entrySet()) {
            filled = filled.replace("$" + constant.getKey(), constant.getValue());
        }
        return filled;
    }
}
