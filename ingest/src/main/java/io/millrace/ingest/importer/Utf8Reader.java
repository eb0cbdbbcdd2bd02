package io.millrace.ingest.importer;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/** UTF-8 (RFC 3629) as characters; the first byte that is none of it is reported with its line. */
final class Utf8Reader extends Reader {

    private final InputStream in;
    private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    private final ByteBuffer bytes = ByteBuffer.allocate(1 << 13).flip();
    private final CharBuffer chars = CharBuffer.allocate(1 << 13).flip();
    private boolean ended;
    private long line = 1;

    Utf8Reader(InputStream in) {
        this.in = in;
    }

    /**
     * Reads characters.
     *
     * @throws UnreadableRestException at the first byte that is not UTF-8, when all before it has
     *     been read
     */
    @Override
    public int read(char[] buffer, int offset, int length) throws IOException {
        while (!chars.hasRemaining()) {
            if (ended && !bytes.hasRemaining()) {
                return -1;
            }
            decode();
        }
        int count = Math.min(length, chars.remaining());
        chars.get(buffer, offset, count);
        for (int i = offset; i < offset + count; i++) {
            if (buffer[i] == '\n') {
                line++;
            }
        }
        return count;
    }

    private void decode() throws IOException {
        bytes.compact();
        int read = ended ? -1 : in.read(bytes.array(), bytes.position(), bytes.remaining());
        ended = read < 0;
        bytes.position(bytes.position() + Math.max(read, 0)).flip();
        CoderResult result = decoder.decode(bytes, chars.clear(), ended);
        chars.flip();
        if (result.isError() && !chars.hasRemaining()) {
            throw new UnreadableRestException(
                    "is not UTF-8 text from line %d on: convert it first".formatted(line));
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
