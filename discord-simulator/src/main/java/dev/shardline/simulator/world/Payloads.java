package dev.shardline.simulator.world;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Sample payloads: the {@code d} of every dispatch event, minified, as they appear on the wire.
 *
 * <p>Names are {@code EVENT_NAME}, {@code variants/EVENT_NAME.case} and {@code undocumented/EVENT_NAME}. They share
 * one world: main guild {@value #GUILD_ID}, bot user and application {@value #BOT_ID}. Safe on any thread.
 */
public final class Payloads {
    /** The guild that the samples speak of. */
    public static final String GUILD_ID = "820993970405679409";
    /** The bot's user id, which is also its application id. */
    public static final String BOT_ID = "938258011783356497";

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String FOLDER = "/dev/shardline/simulator/payloads/";

    private Payloads() {}

    /** The names of all samples. */
    public static List<String> names() {
        return Arrays.asList(
                new String(read("index.txt"), StandardCharsets.UTF_8).strip().split("\n", -1));
    }

    /** The event's name: {@code variants/MESSAGE_CREATE.dm} is a {@code MESSAGE_CREATE}. */
    public static String eventOf(String name) {
        String file = name.substring(name.lastIndexOf('/') + 1);
        int dot = file.indexOf('.');
        return dot < 0 ? file : file.substring(0, dot);
    }

    /** The sample's bytes. Throws {@link IllegalArgumentException} for an unknown name. */
    public static byte[] bytes(String name) {
        return read(name + ".json");
    }

    /** The sample as a tree of its own that may be changed. */
    public static JsonNode tree(String name) {
        return JSON.readTree(bytes(name));
    }

    /** The sample's text with the main guild's id replaced. */
    public static String text(String name, String guildId) {
        return new String(bytes(name), StandardCharsets.UTF_8).replace(GUILD_ID, guildId);
    }

    private static byte[] read(String file) {
        try (@Nullable InputStream in = Payloads.class.getResourceAsStream(FOLDER + file)) {
            if (in == null) {
                throw new IllegalArgumentException("there is no payload sample " + file + "; see Payloads.names()");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the payload sample " + file, e);
        }
    }
}
