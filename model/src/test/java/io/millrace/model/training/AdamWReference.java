package io.millrace.model.training;

import io.millrace.model.chat.Tokens;
import io.millrace.model.decoder.ReferenceDecoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Gradients by central differences in doubles, and AdamW (Loshchilov and Hutter 2019, algorithm 2)
 * in plain loops, the gradient clipped to norm 1.
 */
final class AdamWReference {

    private static final double DIFFERENCE = 1e-5;
    private static final double BETA1 = 0.9;

    private final ReferenceDecoder model;
    private final List<double[]> weights;
    private final double beta2;
    private final double decay;
    private final List<double[]> first = new ArrayList<>();
    private final List<double[]> second = new ArrayList<>();
    private int steps;

    AdamWReference(ReferenceDecoder model, List<String> trained, double beta2, double decay) {
        this.model = model;
        this.weights = trained.stream().map(model::weight).toList();
        this.beta2 = beta2;
        this.decay = decay;
        for (double[] weight : weights) {
            first.add(new double[weight.length]);
            second.add(new double[weight.length]);
        }
    }

    List<double[]> weights() {
        return weights;
    }

    List<double[]> gradient(List<Tokens> batch) {
        List<double[]> gradient = new ArrayList<>();
        for (double[] weight : weights) {
            double[] slope = new double[weight.length];
            for (int i = 0; i < weight.length; i++) {
                double was = weight[i];
                weight[i] = was + DIFFERENCE;
                double above = model.loss(batch);
                weight[i] = was - DIFFERENCE;
                double below = model.loss(batch);
                weight[i] = was;
                slope[i] = (above - below) / (2 * DIFFERENCE);
            }
            gradient.add(slope);
        }
        return gradient;
    }

    static double norm(List<double[]> gradient) {
        return Math.sqrt(gradient.stream().flatMapToDouble(Arrays::stream).map(g -> g * g).sum());
    }

    void step(List<double[]> gradient, double learningRate) {
        steps++;
        double clip = Math.min(1, 1 / norm(gradient));
        for (int w = 0; w < weights.size(); w++) {
            double[] weight = weights.get(w);
            double[] m = first.get(w);
            double[] v = second.get(w);
            for (int i = 0; i < weight.length; i++) {
                double g = gradient.get(w)[i] * clip;
                m[i] = BETA1 * m[i] + (1 - BETA1) * g;
                v[i] = beta2 * v[i] + (1 - beta2) * g * g;
                double mean = m[i] / (1 - Math.pow(BETA1, steps));
                double square = v[i] / (1 - Math.pow(beta2, steps));
                weight[i] -= learningRate * decay * weight[i];
                weight[i] -= learningRate * mean / (Math.sqrt(square) + 1e-8);
            }
        }
    }
}
