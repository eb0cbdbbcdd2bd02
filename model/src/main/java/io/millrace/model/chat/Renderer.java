package io.millrace.model.chat;

import static io.millrace.model.chat.ChatMessage.ASSISTANT;
import static io.millrace.model.chat.ChatMessage.SYSTEM;
import static io.millrace.model.chat.ChatMessage.USER;

import io.millrace.model.chat.ChatMarkup.AssistantTurn;
import io.millrace.model.chat.ChatMarkup.Place;
import io.millrace.model.chat.ChatMarkup.SystemBlock;
import io.millrace.model.chat.ChatMarkup.Trim;
import io.millrace.model.chat.ChatMarkup.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Lays conversations out in any format: the one place where its file is obeyed. */
final class Renderer {

    private final ChatMarkup markup;

    Renderer(ChatMarkup markup) {
        this.markup = markup;
    }

    Rendering render(List<ChatMessage> messages, boolean toBeAnswered) {
        if (messages.isEmpty()) {
            return new Rendering.Refused("messages is empty: a conversation has at least one");
        }
        List<ChatMessage> turns = new ArrayList<>(messages);
        if (!opensWithSystem(turns) && markup.defaultSystem() != null) {
            turns.addFirst(new ChatMessage(SYSTEM, markup.defaultSystem()));
        }
        List<Piece> system = takeSystem(turns);
        Optional<String> refusal = refusal(turns, messages.size() - turns.size());
        return refusal.isPresent()
                ? new Rendering.Refused(refusal.get())
                : new Rendering.Rendered(pieces(system, turns, toBeAnswered));
    }

    /** An answer as it follows the generation prompt, up to its end token. */
    List<Piece> answer(String content) {
        AssistantTurn turn = markup.turns().assistant();
        List<Piece> pieces = new ArrayList<>();
        pieces.add(markup(turn.start()));
        pieces.addAll(body(List.of(), content));
        pieces.add(markup(turn.end()));
        return pieces.stream().map(Piece::asLearned).toList();
    }

    private static boolean opensWithSystem(List<ChatMessage> turns) {
        return !turns.isEmpty() && turns.getFirst().role().equals(SYSTEM);
    }

    /** Takes an opening system message away from the turns where it is none of them. */
    private List<Piece> takeSystem(List<ChatMessage> turns) {
        SystemBlock block = markup.system();
        if (block == null || !opensWithSystem(turns)) {
            return List.of();
        }
        String content = turns.removeFirst().content();
        List<Piece> pieces = new ArrayList<>();
        pieces.add(markup(block.before()));
        pieces.addAll(
                block.place() == Place.BEFORE_TURNS
                        ? body(List.of(), content)
                        : List.of(Piece.written(content)));
        pieces.add(markup(block.after()));
        return pieces;
    }

    private Optional<String> refusal(List<ChatMessage> turns, int offset) {
        for (int i = 0; i < turns.size(); i++) {
            String role = turns.get(i).role();
            String place = "messages[%d]: ".formatted(i + offset);
            boolean usersPlace = i % 2 == 0;
            if (markup.alternating() && role.equals(USER) != usersPlace) {
                return Optional.of(
                        place
                                + "in %s the turns of user and assistant alternate, the user's first; this is %s's"
                                        .formatted(markup.name(), role));
            }
            if (!role.equals(ASSISTANT) && markup.turns().of(role) == null) {
                return Optional.of(place + markup.name() + " has no turn for the role " + role);
            }
        }
        return Optional.empty();
    }

    private List<Piece> pieces(List<Piece> system, List<ChatMessage> turns, boolean toBeAnswered) {
        Place place = markup.system() == null ? Place.BEFORE_TURNS : markup.system().place();
        List<Piece> pieces = new ArrayList<>();
        pieces.add(markup(markup.opening()));
        if (place == Place.BEFORE_TURNS) {
            pieces.addAll(system);
        }
        int host = place == Place.LAST_TURN ? turns.size() - 1 : 0;
        for (int i = 0; i < turns.size(); i++) {
            boolean hosts = place != Place.BEFORE_TURNS && i == host;
            pieces.addAll(turn(turns.get(i), hosts ? system : List.of()));
        }
        pieces.add(markup(toBeAnswered ? markup.turns().assistant().before() : markup.closing()));
        return pieces;
    }

    private List<Piece> turn(ChatMessage message, List<Piece> system) {
        List<Piece> pieces = new ArrayList<>();
        if (message.role().equals(ASSISTANT)) {
            pieces.add(markup(markup.turns().assistant().before()));
            pieces.addAll(answer(message.content()));
            pieces.add(markup(markup.turns().assistant().after()));
            return pieces;
        }
        Turn turn = markup.turns().of(message.role());
        if (turn != null) {
            pieces.add(Piece.markup(markup.filled(turn.before(), message.role())));
            pieces.addAll(body(system, message.content()));
            pieces.add(Piece.markup(markup.filled(turn.after(), message.role())));
        }
        return pieces;
    }

    /** What a turn holds between its markup. */
    private List<Piece> body(List<Piece> system, String content) {
        List<Piece> pieces = new ArrayList<>(system);
        boolean trimmed = markup.trim() == Trim.CONTENT;
        pieces.add(Piece.written(trimmed ? WhiteSpace.strip(content) : content));
        return markup.trim() == Trim.TURN ? WhiteSpace.strip(pieces) : pieces;
    }

    private Piece markup(String text) {
        return Piece.markup(markup.filled(text));
    }
}
