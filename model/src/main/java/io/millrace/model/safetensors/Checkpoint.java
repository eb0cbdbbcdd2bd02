package io.millrace.model.safetensors;

import io.millrace.model.config.ConfigFile;
import io.millrace.model.config.ModelException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * The tensors of a model directory: {@code model.safetensors}, or else the shards that {@code
 * model.safetensors.index.json} names. An index and its shards must agree on every tensor.
 */
public final class Checkpoint implements AutoCloseable {

    private static final String SINGLE = "model.safetensors";
    private static final String INDEX = "model.safetensors.index.json";

    /** A file beside the index: no folder, nothing hidden, nothing that is not safetensors. */
    private static final Pattern SHARD =
            Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]*\\.safetensors");

    private final Path place;
    private final List<Safetensors> files;
    private final Map<String, Safetensors> byTensor = new HashMap<>();

    private Checkpoint(Path place, List<Safetensors> files) {
        this.place = place;
        this.files = files;
        files.forEach(file -> file.names().forEach(name -> byTensor.put(name, file)));
    }

    /**
     * Opens every file and checks its header.
     *
     * @throws ModelException when a file is missing, truncated or malformed, or an index and its
     *     shards do not agree
     */
    public static Checkpoint open(Path directory) {
        if (!sharded(directory)) {
            Path single = directory.resolve(SINGLE);
            return new Checkpoint(single, List.of(Safetensors.open(single)));
        }
        Map<String, String> shardOf = index(directory);
        List<Safetensors> opened = new ArrayList<>();
        try {
            for (String shard : new TreeSet<>(shardOf.values())) {
                Safetensors file = Safetensors.open(directory.resolve(shard));
                opened.add(file);
                requireAgreement(directory.resolve(INDEX), shardOf, shard, file.names());
            }
            return new Checkpoint(directory.resolve(INDEX), opened);
        } catch (RuntimeException e) {
            opened.forEach(Safetensors::close);
            throw e;
        }
    }

    /**
     * The names of the files that hold the weights, the index among them, in order.
     *
     * @throws ModelException when there are none, or the index is malformed
     */
    public static List<String> files(Path directory) {
        if (!sharded(directory)) {
            return List.of(SINGLE);
        }
        List<String> files = new ArrayList<>(List.of(INDEX));
        files.addAll(new TreeSet<>(index(directory).values()));
        return files;
    }

    private static boolean sharded(Path directory) {
        if (Files.exists(directory.resolve(SINGLE))) {
            return false;
        }
        if (Files.exists(directory.resolve(INDEX))) {
            return true;
        }
        throw new ModelException(
                directory.resolve(SINGLE)
                        + " is missing, and so is "
                        + INDEX
                        + ": copy the weights again, or convert pickled ones to safetensors");
    }

    /** Tensor to file name. */
    private static Map<String, String> index(Path directory) {
        ConfigFile file = ConfigFile.read(directory.resolve(INDEX), "copy it again");
        Map<String, String> shardOf = new TreeMap<>();
        for (Map.Entry<String, JsonNode> entry : file.get("weight_map").properties()) {
            String shard = entry.getValue().asString("");
            if (!SHARD.matcher(shard).matches()) {
                throw file.fault(
                        entry.getKey()
                                + " is placed in "
                                + entry.getValue()
                                + ", which is not a .safetensors file of this directory");
            }
            if (!Files.exists(directory.resolve(shard))) {
                throw file.fault(
                        entry.getKey() + " is placed in " + shard + ", which is missing: copy it");
            }
            shardOf.put(entry.getKey(), shard);
        }
        if (shardOf.isEmpty()) {
            throw file.fault("weight_map is missing or empty: copy it again");
        }
        return shardOf;
    }

    private static void requireAgreement(
            Path index, Map<String, String> shardOf, String shard, Set<String> held) {
        for (String name : held) {
            if (!shard.equals(shardOf.get(name))) {
                throw disagreement(index, "does not place " + name + " in " + shard);
            }
        }
        shardOf.forEach((name, placed) -> {
            if (placed.equals(shard) && !held.contains(name)) {
                throw disagreement(index, "places " + name + " in " + shard);
            }
        });
    }

    private static ModelException disagreement(Path index, String claim) {
        return new ModelException(
                index + " " + claim + ", against what lies there: copy both again");
    }

    public Set<String> names() {
        return byTensor.keySet();
    }

    /** The file that {@link #read} names: the only one, or the index. */
    public Path place() {
        return place;
    }

    /**
     * Reads one tensor, widened to float.
     *
     * @throws ModelException when it is not there, has another shape, or holds NaN or infinity
     */
    public Tensor read(String name, long... shape) {
        return holder(name).read(name, shape);
    }

    /**
     * The format that a tensor is stored in.
     *
     * @throws ModelException when it is not there
     */
    public DataType type(String name) {
        return holder(name).type(name);
    }

    private Safetensors holder(String name) {
        Safetensors file = byTensor.get(name);
        if (file == null) {
            throw new ModelException(
                    place + " has no tensor " + name + ": it belongs to another kind of model");
        }
        return file;
    }

    @Override
    public void close() {
        files.forEach(Safetensors::close);
    }
}
