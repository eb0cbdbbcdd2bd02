package io.millrace.model.tokenizer;

import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A vocabulary as the text of a {@code tokenizer.json} that Hugging Face's tokenizers load. */
public final class TokenizerFile {

    private static final JsonMapper JSON = JsonMapper.shared();

    private TokenizerFile() {}

    public static String toJson(BytePairTrainer.Vocabulary vocabulary) {
        ObjectNode json = JSON.createObjectNode();
        json.put("version", "1.0");
        json.putNull("truncation");
        json.putNull("padding");
        json.set("added_tokens", addedTokens(vocabulary.special()));
        json.putNull("normalizer");
        json.set("pre_tokenizer", byteLevel());
        json.putNull("post_processor");
        json.set("decoder", byteLevel());
        json.set("model", model(vocabulary));
        return JSON.writeValueAsString(json) + "\n";
    }

    private static ArrayNode addedTokens(List<String> special) {
        ArrayNode tokens = JSON.createArrayNode();
        for (int id = 0; id < special.size(); id++) {
            ObjectNode token = tokens.addObject();
            token.put("id", id);
            token.put("content", special.get(id));
            token.put("single_word", false);
            token.put("lstrip", false);
            token.put("rstrip", false);
            token.put("normalized", false);
            token.put("special", true);
        }
        return tokens;
    }

    private static ObjectNode byteLevel() {
        ObjectNode json = JSON.createObjectNode();
        json.put("type", "ByteLevel");
        json.put("add_prefix_space", false);
        json.put("trim_offsets", true);
        json.put("use_regex", true);
        return json;
    }

    private static ObjectNode model(BytePairTrainer.Vocabulary vocabulary) {
        ObjectNode json = JSON.createObjectNode();
        json.put("type", "BPE");
        json.putNull("dropout");
        json.putNull("unk_token");
        json.putNull("continuing_subword_prefix");
        json.putNull("end_of_word_suffix");
        json.put("fuse_unk", false);
        json.put("byte_fallback", false);
        ObjectNode ids = json.putObject("vocab");
        for (int id = 0; id < vocabulary.symbols().size(); id++) {
            ids.put(vocabulary.symbols().get(id), id);
        }
        ArrayNode merges = json.putArray("merges");
        for (BytePairTrainer.Merge merge : vocabulary.merges()) {
            merges.add(merge.left() + " " + merge.right());
        }
        return json;
    }
}
