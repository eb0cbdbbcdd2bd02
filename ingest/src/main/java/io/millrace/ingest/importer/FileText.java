package io.millrace.ingest.importer;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;

/**
 * The bytes of a text file, without its byte order mark, unzipped when they are gzip (RFC 1952);
 * the first bytes say so, not the name. Whoever reads rows says where each begins, so that one
 * without an end can't fill the memory.
 */
final class FileText extends FilterInputStream {

    /** A row may be larger than an event, since a tree of answers makes many of them. */
    static final int MAX_ROW_BYTES = 8 << 20;

    static final String TOO_LONG = "a row of more than %d MiB".formatted(MAX_ROW_BYTES >> 20);

    private static final int BUFFER = 1 << 16;
    private static final byte[] GZIP = {0x1F, (byte) 0x8B};
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private long left = Long.MAX_VALUE;

    private FileText(InputStream in) {
        super(in);
    }

    static FileText of(FileChannel file) throws IOException {
        InputStream bytes = new BufferedInputStream(Channels.newInputStream(file), BUFFER);
        if (startsWith(bytes, GZIP)) {
            bytes = new BufferedInputStream(new GZIPInputStream(bytes, BUFFER), BUFFER);
        }
        if (startsWith(bytes, BYTE_ORDER_MARK)) {
            bytes.skipNBytes(BYTE_ORDER_MARK.length);
        }
        return new FileText(bytes);
    }

    private static boolean startsWith(InputStream bytes, byte[] magic) throws IOException {
        bytes.mark(magic.length);
        boolean same = Arrays.equals(bytes.readNBytes(magic.length), magic);
        bytes.reset();
        return same;
    }

    /** The first byte that is no white space, or -1; nothing is consumed. */
    int firstVisible() throws IOException {
        in.mark(BUFFER);
        byte[] head = in.readNBytes(BUFFER);
        in.reset();
        for (byte b : head) {
            if (!Character.isWhitespace(b)) {
                return b;
            }
        }
        return -1;
    }

    /** From here on a row may take so many bytes, and what its reader reads ahead. */
    void beginRow() {
        left = MAX_ROW_BYTES + 4L * BUFFER;
    }

    /** Thrown while a row is read that has gone on for too long. */
    static final class RowTooLongException extends IOException {

        private static final long serialVersionUID = 1L;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (left <= 0) {
            throw new RowTooLongException();
        }
        int read = in.read(buffer, offset, length);
        left -= Math.max(read, 0);
        return read;
    }

    /** Does nothing: the file belongs to who opened it, and parsers close what they have read. */
    @Override
    public void close() {}
}
