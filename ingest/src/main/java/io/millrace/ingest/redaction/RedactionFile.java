package io.millrace.ingest.redaction;

import io.millrace.ingest.SettingsFile;
import io.millrace.runtime.UsageException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The rules of redaction as YAML; every key may be left out, and no other is known. Gateway,
 * importer and curation must be given the same file.
 *
 * <pre>
 * names: [Mark Feldmann, Grace]
 * countries: [DE, AT, CH]
 * off: [ip]
 * </pre>
 *
 * All countries that are known, and no names, when left out. Kinds to switch off are email, iban,
 * card, phone, national-id, ip, secret and name.
 */
public final class RedactionFile {

    /** The file as it is written. */
    private record Content(
            @Nullable List<String> names,
            @Nullable Set<String> countries,
            @Nullable Set<String> off) {}

    private RedactionFile() {}

    /**
     * Reads rules.
     *
     * @throws UsageException in one line, naming the file, the key and what is allowed
     */
    public static RedactionRules read(Path file) {
        return SettingsFile.read("redaction rules", file, RedactionFile::parse);
    }

    /** Reads rules from a file that need not be there; then they are the default ones. */
    public static RedactionRules readIfThere(Path file) {
        return Files.exists(file) ? read(file) : RedactionRules.DEFAULT;
    }

    private static RedactionRules parse(String yaml) {
        JsonNode tree = SettingsFile.MAPPER.readTree(yaml);
        if (tree.isMissingNode() || tree.isNull()) {
            return RedactionRules.DEFAULT;
        }
        Content content = SettingsFile.MAPPER.treeToValue(tree, Content.class);
        List<String> names = content.names();
        Set<String> countries = content.countries();
        Set<String> off = content.off();
        return new RedactionRules(
                names == null ? List.of() : names,
                countries == null ? RedactionRules.KNOWN_COUNTRIES : countries,
                off == null
                        ? Set.of()
                        : off.stream().map(RedactionFile::kind).collect(Collectors.toSet()));
    }

    private static PersonalData kind(String label) {
        return Arrays.stream(PersonalData.values())
                .filter(kind -> label(kind).equals(label))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                "off: '%s' is none of %s"
                                        .formatted(
                                                label,
                                                Arrays.stream(PersonalData.values())
                                                        .map(RedactionFile::label)
                                                        .toList())));
    }

    private static String label(PersonalData kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
