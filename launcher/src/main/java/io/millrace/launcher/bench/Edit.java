package io.millrace.launcher.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.regex.Pattern;

/** How people and programs say nearly the same once more. */
enum Edit {
    WORD_REPLACED {
        @Override
        void change(List<String> words, Prose prose, Random random) {
            words.set(random.nextInt(words.size()), prose.word());
        }
    },
    WORD_LEFT_OUT {
        @Override
        void change(List<String> words, Prose prose, Random random) {
            words.remove(random.nextInt(words.size()));
        }
    },
    WORD_ADDED {
        @Override
        void change(List<String> words, Prose prose, Random random) {
            words.add(random.nextInt(words.size() + 1), prose.word());
        }
    },
    WORDS_SWAPPED {
        @Override
        void change(List<String> words, Prose prose, Random random) {
            int first = random.nextInt(words.size() - 1);
            Collections.swap(words, first, first + 1);
        }
    },
    LETTER_MISTYPED {
        @Override
        void change(List<String> words, Prose prose, Random random) {
            int chosen = random.nextInt(words.size());
            StringBuilder word = new StringBuilder(words.get(chosen));
            word.setCharAt(random.nextInt(word.length()), (char) ('a' + random.nextInt(26)));
            words.set(chosen, word.toString());
        }
    };

    private static final Pattern SPACE = Pattern.compile("\\s+");

    /** The text after so many changes, and in other letters. */
    String of(String text, int changes, Prose prose, Random random) {
        List<String> words = new ArrayList<>(List.of(SPACE.split(text)));
        for (int i = 0; i < changes && words.size() > 2; i++) {
            change(words, prose, random);
        }
        String edited = String.join(" ", words);
        return random.nextBoolean() ? edited : edited.toUpperCase(Locale.ROOT);
    }

    abstract void change(List<String> words, Prose prose, Random random);
}
