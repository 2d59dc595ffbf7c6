package dev.shardline.gateway.spool;

import java.io.IOException;

/** All the logs of one gateway. The default is {@link FileSpool}. */
public interface Spool extends AutoCloseable {
    /**
     * The log of a stripe, with what an earlier process left in it. Called once per stripe.
     *
     * @param stripe 0 or more
     */
    SpoolLog open(int stripe) throws IOException;

    /** Bytes on disk of all logs together. */
    long bytes();

    /** Bytes at which {@link SpoolFullException} is thrown. */
    long maxBytes();

    /**
     * Asks whether so much more would find room.
     *
     * @throws SpoolFullException naming the limit that forbids it
     * @throws IOException when the disk does not say
     */
    void requireRoom(long more) throws IOException;

    /** Records found damaged, and therefore lost, since the start: torn writes of a crash are not among them. */
    long damaged();

    @Override
    void close() throws IOException;
}
