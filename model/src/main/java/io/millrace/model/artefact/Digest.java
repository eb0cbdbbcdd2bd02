package io.millrace.model.artefact;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** A SHA-256 digest (FIPS 180-4) as 64 lower-case hexadecimal digits. */
public record Digest(String hex) {

    private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");

    public Digest {
        if (!HEX.matcher(hex).matches()) {
            throw new IllegalArgumentException("a SHA-256 digest is 64 lower-case hex digits");
        }
    }

    /** The digest of some bytes. */
    public static Digest of(byte[] bytes) {
        return finish(start(), bytes);
    }

    /** The digest of a file's bytes, however many. */
    public static Digest of(Path file) throws IOException {
        MessageDigest sha = start();
        read(file, sha);
        return finish(sha, new byte[0]);
    }

    static void read(Path file, MessageDigest sha) throws IOException {
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), sha)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
    }

    static MessageDigest start() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    static Digest finish(MessageDigest sha, byte[] last) {
        return new Digest(HexFormat.of().formatHex(sha.digest(last)));
    }

    @Override
    public String toString() {
        return hex;
    }
}
