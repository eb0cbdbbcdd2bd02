package io.millrace.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PromptsTest {

    @Test
    void anInstructionAndItsInputShareAMessageAndComeApartAgain() {
        String message = Prompts.userMessage("Name the intent.", "My lamp\n\nis broken");

        assertThat(message).isEqualTo("Name the intent.\n\nMy lamp\n\nis broken");
        assertThat(Prompts.instruction(message)).isEqualTo("Name the intent.");
        assertThat(Prompts.input(message)).isEqualTo("My lamp\n\nis broken");
    }

    @Test
    void aBlankPartLeavesNoTrace() {
        assertThat(Prompts.userMessage("Say hello.", " ")).isEqualTo("Say hello.");
        assertThat(Prompts.userMessage("", " Hello? ")).isEqualTo("Hello?");
    }

    @Test
    void aMessageWithoutABlankLineIsAllInput() {
        assertThat(Prompts.instruction("Where is\r\nmy parcel?")).isEmpty();
        assertThat(Prompts.input("Where is\r\nmy parcel?")).isEqualTo("Where is\r\nmy parcel?");
    }
}
