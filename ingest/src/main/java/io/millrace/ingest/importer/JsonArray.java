package io.millrace.ingest.importer;

import io.millrace.ingest.importer.FileText.RowTooLongException;
import io.millrace.schemas.EventJson;
import java.io.IOException;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.databind.JsonNode;

/** The elements of one JSON array, one after the other. A syntax error ends the reading. */
final class JsonArray implements RawRow.Source {

    private final FileText text;
    private final JsonParser parser;
    private long line = 1;
    private boolean ended;

    JsonArray(FileText text) {
        this.text = text;
        this.parser = EventJson.MAPPER.createParser(new Utf8Reader(text));
    }

    @Override
    public Optional<RawRow> next() throws IOException {
        if (ended) {
            return Optional.empty();
        }
        text.beginRow();
        try {
            JsonToken token = parser.nextToken();
            if (token == JsonToken.START_ARRAY && parser.streamReadContext().getParent().inRoot()) {
                token = parser.nextToken();
            }
            line = parser.currentTokenLocation().getLineNr();
            if (token == JsonToken.END_ARRAY) {
                requireEnd();
                ended = true;
                return Optional.empty();
            }
            JsonNode element = parser.readValueAsTree();
            return Optional.of(new RawRow.Json(line, EventJson.write(element)));
        } catch (JacksonIOException e) {
            throw e.getCause() instanceof RowTooLongException
                    ? UnreadableRestException.rowTooLong(line)
                    : e.getCause();
        } catch (JacksonException e) {
            throw new UnreadableRestException(
                    "is not a JSON array from line %d on: a comma, a quote or a bracket is missing or too much"
                            .formatted(Math.max(e.getLocation().getLineNr(), line)));
        }
    }

    private void requireEnd() throws UnreadableRestException {
        if (parser.nextToken() != null) {
            throw new UnreadableRestException(
                    "goes on after its JSON array, on line %d: remove what follows it"
                            .formatted(parser.currentTokenLocation().getLineNr()));
        }
    }
}
