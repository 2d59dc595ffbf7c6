package dev.shardline.discord.generator;

import java.util.Locale;

/** Java's spelling of Discord's names. */
final class Names {
    private Names() {}

    /** {@code MESSAGE_CREATE} to {@code MessageCreate}. */
    static String type(String eventName) {
        StringBuilder name = new StringBuilder();
        for (String word : eventName.split("_", -1)) {
            name.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
        }
        return name.toString();
    }

    /** {@code guild_id} to {@code guildId}; no leading underscore, no word of Java's. */
    static String component(String key) {
        StringBuilder name = new StringBuilder();
        for (String word : key.split("_", -1)) {
            if (!word.isEmpty()) {
                name.append(name.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1));
            }
        }
        return name.toString().equals("default") ? "isDefault" : name.toString();
    }

    /** {@code en-GB} to {@code EN_GB}. */
    static String constant(String title) {
        return title.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }

    static String lowerFirst(String name) {
        return Character.toLowerCase(name.charAt(0)) + name.substring(1);
    }
}
