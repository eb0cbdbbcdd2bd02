package io.millrace.ingest.importer;

import io.millrace.ingest.importer.Rows.BadRow;
import io.millrace.schemas.EventJson;
import io.millrace.schemas.UnreadableEventException;
import java.io.IOException;
import java.util.Optional;

/** The rows of a JSON file in one shape. */
record JsonRows(RawRow.Source source, Class<? extends Shape> shape) implements RowSource {

    @Override
    public Optional<Row> next() throws IOException {
        return source.next()
                .map(row ->
                        switch (row) {
                            case RawRow.Garbled(BadRow why) -> why;
                            case RawRow.Json json -> read(json);
                        });
    }

    private Row read(RawRow.Json json) {
        try {
            return EventJson.read(json.text(), shape).row(json.line());
        } catch (UnreadableEventException e) {
            return new BadRow(json.line(), e.reason());
        }
    }
}
