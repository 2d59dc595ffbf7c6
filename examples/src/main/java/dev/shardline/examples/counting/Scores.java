package dev.shardline.examples.counting;

import java.io.IOException;

/** What all instances share. A real bot has a table in its database; a save is one row, written whole. */
public interface Scores {
    /**
     * The score of a guild, as the instance that had the guild before has saved it.
     *
     * @throws IOException when it cannot be read now
     */
    Score load(String guildId) throws IOException;

    /**
     * Replaces the score of a guild.
     *
     * @throws IOException when it cannot be saved now
     */
    void save(String guildId, Score score) throws IOException;
}
