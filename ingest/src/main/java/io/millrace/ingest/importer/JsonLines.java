package io.millrace.ingest.importer;

import io.millrace.ingest.importer.Rows.BadRow;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** One JSON value a line. A line that is too long or not UTF-8 spoils no other. */
final class JsonLines implements RawRow.Source {

    private final InputStream in;
    private final byte[] buffer = new byte[1 << 16];
    private int at;
    private int end;
    private long line;

    JsonLines(InputStream in) {
        this.in = in;
    }

    @Override
    public Optional<RawRow> next() throws IOException {
        while (fill()) {
            line++;
            ByteArrayOutputStream text = new ByteArrayOutputStream();
            long length = readLine(text);
            if (length > FileText.MAX_ROW_BYTES) {
                return Optional.of(garbled("is " + FileText.TOO_LONG));
            }
            byte[] json = text.toByteArray();
            if (!isBlank(json)) {
                return Optional.of(
                        isUtf8(json) ? new RawRow.Json(line, json) : garbled("is not UTF-8 text"));
            }
        }
        return Optional.empty();
    }

    private RawRow garbled(String reason) {
        return new RawRow.Garbled(new BadRow(line, reason));
    }

    /** Keeps at most as much of the line as a row may have; returns its whole length. */
    private long readLine(ByteArrayOutputStream text) throws IOException {
        long length = 0;
        while (fill()) {
            int from = at;
            while (at < end && buffer[at] != '\n') {
                at++;
            }
            length += at - from;
            if (length <= FileText.MAX_ROW_BYTES) {
                text.write(buffer, from, at - from);
            }
            if (at < end) {
                at++; // the line feed
                return length;
            }
        }
        return length;
    }

    private boolean fill() throws IOException {
        if (at == end) {
            at = 0;
            end = Math.max(in.read(buffer, 0, buffer.length), 0);
        }
        return at < end;
    }

    private static boolean isBlank(byte[] text) {
        for (byte b : text) {
            if (!Character.isWhitespace(b)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isUtf8(byte[] text) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
