package dev.shardline.it.delivery;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * The one file to which all bots append what they handle, read while it grows.
 *
 * <p>The system appends a line as a whole, after all that was written before, so the lines stand in the order in which
 * events were handled, by whichever process. Read from a pipe per bot, they would come in the order of the readers.
 */
final class Book implements AutoCloseable {
    private static final long LOOK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private final InputStream in;
    private final Consumer<String> lines;
    private final Thread reader;
    private volatile boolean closed;

    /** Opens the file, which is made; the lines come on a thread of its own. */
    Book(Path file, Consumer<String> lines) {
        this.lines = lines;
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.createFile(file);
            in = Files.newInputStream(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        reader = new Thread(this::read, "book");
        reader.setDaemon(true);
        reader.start();
    }

    private void read() {
        byte[] block = new byte[1 << 16];
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        try (in) {
            while (!closed) {
                int count = in.read(block);
                if (count < 0) {
                    LockSupport.parkNanos(LOOK_AGAIN_NANOS);
                }
                for (int i = 0; i < count; i++) {
                    if (block[i] == '\n') {
                        lines.accept(line.toString(StandardCharsets.US_ASCII));
                        line.reset();
                    } else {
                        line.write(block[i]);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read what the bots have handled", e);
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
