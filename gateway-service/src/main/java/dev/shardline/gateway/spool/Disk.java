package dev.shardline.gateway.spool;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;

/** Where the spool gets its segment files from, so that a test can have a disk that fails. */
@FunctionalInterface
interface Disk {
    /** As {@link FileChannel#open(Path, OpenOption...)}. */
    FileChannel open(Path path, OpenOption... options) throws IOException;
}
