package io.millrace.model.chat;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What stands in braces in a format's texts: {@code {bos}}, {@code {eos}}, {@code {date}}. */
final class Variables {

    private static final List<String> KNOWN = List.of("bos", "eos", "date");
    private static final String ROLE = "role";
    private static final Pattern IN_BRACES = Pattern.compile("\\{(\\w+)}");

    private Variables() {}

    static void requireKnown(Collection<String> names) {
        for (String name : names) {
            if (!KNOWN.contains(name)) {
                throw new IllegalArgumentException(
                        "variables: '%s' is none of %s".formatted(name, KNOWN));
            }
        }
    }

    /**
     * Requires a value of everything that stands in a text.
     *
     * @param key where the text stands, for the message
     * @param ofAnyRole whether {@code {role}} may stand there, too
     */
    static void requireValues(
            String key, String text, Map<String, String> values, boolean ofAnyRole) {
        Matcher found = IN_BRACES.matcher(text);
        while (found.find()) {
            String name = found.group(1);
            if (!values.containsKey(name) && !(ofAnyRole && name.equals(ROLE))) {
                throw new IllegalArgumentException(
                        "%s: {%s} has no value: variables gives %s theirs, and {role} stands in turns.other alone"
                                .formatted(key, name, KNOWN));
            }
        }
    }

    /** A text with values in place; what a value itself has in braces stays as it is. */
    static String fill(String text, Map<String, String> values, String role) {
        return IN_BRACES
                .matcher(text)
                .replaceAll(found -> {
                    String name = found.group(1);
                    return Matcher.quoteReplacement(
                            name.equals(ROLE) ? role : values.getOrDefault(name, ""));
                });
    }
}
