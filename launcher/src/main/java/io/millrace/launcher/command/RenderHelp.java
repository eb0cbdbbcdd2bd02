package io.millrace.launcher.command;

/** What help says about the lines that are rendered, and about formats of one's own. */
final class RenderHelp {

    static final String HEADING = "%nEach line of the input is a JSON object:%n";

    static final String TEXT =
            """
              id                     a string or a number, which the answer repeats
              messages               objects with role and content, both strings
              add_generation_prompt  true when the assistant is to answer
              bos_token, eos_token   what is written as those (default: the format's)
              strftime_now           the time, where a date is written, such as
                                     2025-03-04T15:06:07 (default: the format's date)

            Each line of the output is {"id", "text", "spans"}, where a span is [start, end) \
            in Unicode code points and covers an answer and its end token, or {"id", "error"} \
            where the format refuses the conversation.

            A format of one's own has these keys; name and turns.assistant.end are required:

              name: mine
              variables: {eos: </s>}      # values of '{bos}', '{eos}' and '{date}'
              opening: "{bos}"            # stands before everything else
              default-system: Be brief.   # where no system message opens
              system: {place: before-turns, before: "", after: "\\n"}
              alternating: true           # each second turn is the user's, no other
              trim: content               # white space around messages is left out
              turns:
                user: {before: "Q: ", after: "\\n"}
                assistant: {before: "A:", start: " ", end: "{eos}", after: "\\n"}
              closing: ""                 # stands at the end when no answer is to come
              special-tokens: ["{eos}"]   # a model's tokenizer must have them

            The loss covers an answer from its start to its end. Other places of an opening \
            system message are first-turn and last-turn, inside what the user says; without \
            'system' it is a turn. Turns may have system and other, whose '{role}' is a name. \
            Trim 'turn' trims a turn and the system message in it as one. A model directory \
            that has this file as chat_format.yaml is trained and served with it.\
            """;

    private RenderHelp() {}
}
