package io.millrace.model.decoder;

import io.millrace.model.chat.Tokens;
import io.millrace.model.config.ModelConfig;
import io.millrace.model.config.RopeScaling;
import io.millrace.model.lora.LoraFiles;
import io.millrace.model.safetensors.Tensor;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Every family's forward pass in plain loops and doubles, written from the papers and Hugging
 * Face's tensor names: what the engine's program is held against. Adapters stay beside their
 * layers, unmerged.
 */
public final class ReferenceDecoder {

    private static final Pattern BIASED = Pattern.compile("[qkv]_proj$");

    private final ModelConfig config;
    private final Map<String, double[]> weights = new HashMap<>();
    private double adapterScale;

    public ReferenceDecoder(ModelConfig config, List<Tensor> tensors) {
        this.config = config;
        tensors.forEach(tensor -> weights.put(tensor.name(), doubles(tensor.values())));
    }

    /** Puts an adapter beside the layers it names. */
    public ReferenceDecoder adapt(LoraFiles.Lora lora) {
        lora.tensors().forEach(tensor -> weights.put(tensor.name(), doubles(tensor.values())));
        double rank = lora.config().rank();
        adapterScale =
                lora.config().alpha() / (lora.config().rankStabilised() ? Math.sqrt(rank) : rank);
        return this;
    }

    /** A weight's own numbers: whoever changes them changes the model. */
    public double[] weight(String name) {
        double[] weight = weights.get(name);
        if (weight == null) {
            throw new IllegalArgumentException(name);
        }
        return weight;
    }

    private static double[] doubles(float[] values) {
        double[] doubles = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            doubles[i] = values[i];
        }
        return doubles;
    }

    /** The logits after the last of {@code ids}. */
    public double[] nextLogits(int... ids) {
        double[][] stream = stream(ids);
        return logits(stream[ids.length - 1]);
    }

    /** Mean negative log-likelihood of every response token of a batch. */
    public double loss(List<Tokens> batch) {
        double sum = 0;
        int count = 0;
        for (Tokens tokens : batch) {
            double[][] stream = stream(tokens.ids());
            for (int i = tokens.responseStart(); i < tokens.length(); i++) {
                double[] logits = logits(stream[i - 1]);
                sum += logSumExp(logits) - logits[tokens.ids()[i]];
                count++;
            }
        }
        return sum / count;
    }

    private static double logSumExp(double[] logits) {
        double sum = 0;
        for (double logit : logits) {
            sum += Math.exp(logit);
        }
        return Math.log(sum);
    }

    private double[] logits(double[] x) {
        double[] h = norm(x, weight("model.norm.weight"));
        return times(
                weight(config.tiedEmbeddings() ? "model.embed_tokens.weight" : "lm_head.weight"),
                h);
    }

    /** The residual stream after the last block, {@code (tokens, hidden)}. */
    private double[][] stream(int[] ids) {
        double[] embedding = weight("model.embed_tokens.weight");
        int hidden = config.hiddenSize();
        double[][] x = new double[ids.length][hidden];
        for (int t = 0; t < ids.length; t++) {
            System.arraycopy(embedding, ids[t] * hidden, x[t], 0, hidden);
        }
        for (int layer = 0; layer < config.layers(); layer++) {
            attention(x, "model.layers." + layer + ".");
            mlp(x, "model.layers." + layer + ".");
        }
        return x;
    }

    private void attention(double[][] x, String block) {
        int dim = config.headDim();
        double[][] q = new double[x.length][];
        double[][] k = new double[x.length][];
        double[][] v = new double[x.length][];
        for (int t = 0; t < x.length; t++) {
            double[] h = norm(x[t], weight(block + "input_layernorm.weight"));
            q[t] = linear(block + "self_attn.q_proj", h);
            k[t] = linear(block + "self_attn.k_proj", h);
            if (config.family().headNorms()) {
                q[t] = eachHead(q[t], weight(block + "self_attn.q_norm.weight"));
                k[t] = eachHead(k[t], weight(block + "self_attn.k_norm.weight"));
            }
            q[t] = turned(q[t], t);
            k[t] = turned(k[t], t);
            v[t] = linear(block + "self_attn.v_proj", h);
        }
        for (int t = 0; t < x.length; t++) {
            double[] out = new double[config.heads() * dim];
            for (int head = 0; head < config.heads(); head++) {
                int kvHead = head / (config.heads() / config.kvHeads());
                double[] p = probabilities(q[t], k, t, head * dim, kvHead * dim);
                for (int s = 0; s <= t; s++) {
                    for (int i = 0; i < dim; i++) {
                        out[head * dim + i] += p[s] * v[s][kvHead * dim + i];
                    }
                }
            }
            add(x[t], linear(block + "self_attn.o_proj", out));
        }
    }

    /** How much position {@code t} attends to each position up to itself. */
    private double[] probabilities(double[] q, double[][] k, int t, int from, int kvFrom) {
        double[] p = new double[t + 1];
        double sum = 0;
        for (int s = 0; s <= t; s++) {
            double score = 0;
            for (int i = 0; i < config.headDim(); i++) {
                score += q[from + i] * k[s][kvFrom + i];
            }
            p[s] = Math.exp(score / Math.sqrt(config.headDim()));
            sum += p[s];
        }
        for (int s = 0; s <= t; s++) {
            p[s] /= sum;
        }
        return p;
    }

    /** Rotary embedding: in each head, dimension i turns together with i + half. */
    private double[] turned(double[] x, int position) {
        int half = config.headDim() / 2;
        double[] y = new double[x.length];
        for (int from = 0; from < x.length; from += config.headDim()) {
            for (int i = 0; i < half; i++) {
                double angle = position * 2 * Math.PI / wavelength(i);
                double a = x[from + i];
                double b = x[from + half + i];
                y[from + i] = a * Math.cos(angle) - b * Math.sin(angle);
                y[from + half + i] = b * Math.cos(angle) + a * Math.sin(angle);
            }
        }
        return y;
    }

    /** Tokens in which a pair of dimensions turns once; as transformers computes it. */
    private double wavelength(int pair) {
        double plain = 2 * Math.PI * Math.pow(config.ropeTheta(), 2.0 * pair / config.headDim());
        return switch (config.ropeScaling()) {
            case RopeScaling.None() -> plain;
            case RopeScaling.Linear(double factor) -> plain * factor;
            case RopeScaling.Llama3(double factor, double low, double high, int original) -> {
                if (plain < original / high) {
                    yield plain;
                }
                if (plain > original / low) {
                    yield plain * factor;
                }
                double smooth = (original / plain - low) / (high - low);
                yield 1 / ((1 - smooth) / (plain * factor) + smooth / plain);
            }
        };
    }

    private double[] eachHead(double[] x, double[] weight) {
        double[] y = new double[x.length];
        for (int from = 0; from < x.length; from += config.headDim()) {
            double[] head = Arrays.copyOfRange(x, from, from + config.headDim());
            System.arraycopy(norm(head, weight), 0, y, from, config.headDim());
        }
        return y;
    }

    private void mlp(double[][] x, String block) {
        for (double[] row : x) {
            double[] h = norm(row, weight(block + "post_attention_layernorm.weight"));
            double[] gate = linear(block + "mlp.gate_proj", h);
            double[] up = linear(block + "mlp.up_proj", h);
            for (int i = 0; i < gate.length; i++) {
                gate[i] = gate[i] / (1 + Math.exp(-gate[i])) * up[i];
            }
            add(row, linear(block + "mlp.down_proj", gate));
        }
    }

    private double[] norm(double[] x, double[] weight) {
        double squares = 0;
        for (double value : x) {
            squares += value * value;
        }
        double scale = 1 / Math.sqrt(squares / x.length + config.normEps());
        double[] y = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            y[i] = x[i] * scale * weight[i];
        }
        return y;
    }

    private double[] linear(String name, double[] x) {
        double[] y = times(weight(name + ".weight"), x);
        if (config.family().attentionBias() && BIASED.matcher(name).find()) {
            add(y, weight(name + ".bias"));
        }
        double[] a = weights.get("base_model.model." + name + ".lora_A.weight");
        double[] b = weights.get("base_model.model." + name + ".lora_B.weight");
        if (a != null && b != null) {
            double[] low = times(b, times(a, x));
            for (int i = 0; i < y.length; i++) {
                y[i] += adapterScale * low[i];
            }
        }
        return y;
    }

    /** A row-major matrix times a vector. */
    private static double[] times(double[] matrix, double[] x) {
        double[] y = new double[matrix.length / x.length];
        for (int row = 0; row < y.length; row++) {
            double sum = 0;
            for (int i = 0; i < x.length; i++) {
                sum += matrix[row * x.length + i] * x[i];
            }
            y[row] = sum;
        }
        return y;
    }

    private static void add(double[] x, double[] y) {
        for (int i = 0; i < x.length; i++) {
            x[i] += y[i];
        }
    }
}
