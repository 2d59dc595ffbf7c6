package dev.shardline.gateway.app;

import com.github.luben.zstd.util.Native;
import dev.shardline.gateway.protocol.Compression;
import dev.shardline.gateway.protocol.Intent;
import dev.shardline.gateway.protocol.Token;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which bot this is, and where its Discord is.
 *
 * @param token the bot's token
 * @param botId the bot's id as its token says, empty when it does not
 * @param apiUrl base URL of the API
 * @param intents the bits
 * @param compression how Discord compresses what it sends
 */
record Identity(Token token, String botId, String apiUrl, long intents, Compression compression) {
    private static final Logger log = LoggerFactory.getLogger(Identity.class);

    static Identity of(ShardlineProperties properties) {
        ShardlineProperties.Discord discord = properties.discord();
        String apiUrl = discord.apiUrl();
        String token = discord.token().strip();
        if (token.isEmpty() && !discord.simulatorUrl().isBlank()) {
            apiUrl = discord.simulatorUrl();
            token = "simulated.bot.token";
            log.info("DISCORD_TOKEN is not set: running against the simulator at {}", apiUrl);
        }
        if (token.isEmpty()) {
            throw new ConfigurationProblem(
                    "shardline.discord.token",
                    "is missing",
                    "Set DISCORD_TOKEN to the bot's token (Developer Portal > Bot > Reset Token). To try Shardline without"
                            + " a bot, run bin/demo.");
        }
        Token parsed;
        try {
            parsed = Token.of(token);
        } catch (IllegalArgumentException e) {
            throw new ConfigurationProblem(
                    "shardline.discord.token",
                    String.valueOf(e.getMessage()),
                    "Copy the token again from the Developer Portal (Bot > Reset Token) into DISCORD_TOKEN, without quotes"
                            + " and line breaks.",
                    e);
        }
        long intents;
        try {
            intents = Intent.bits(discord.intents());
        } catch (IllegalArgumentException e) {
            throw new ConfigurationProblem(
                    "shardline.discord.intents",
                    String.valueOf(e.getMessage()),
                    "Use names of Discord's gateway intents, comma separated, for example GUILDS,GUILD_MESSAGES.",
                    e);
        }
        return new Identity(parsed, botId(token), apiUrl, intents, usable(Compression.of(discord.compression())));
    }

    /** Its native library may not load: an unusual machine, or a temporary directory mounted without exec. */
    private static Compression usable(Compression wanted) {
        if (wanted != Compression.ZSTD_STREAM) {
            return wanted;
        }
        try {
            Native.load();
            return wanted;
        } catch (LinkageError e) {
            log.warn(
                    "zstd-stream cannot be used here ({}); taking zlib-stream. Give java.io.tmpdir a directory from which"
                            + " libraries may be loaded, or set SHARDLINE_DISCORD_COMPRESSION=zlib-stream",
                    e.getMessage());
            return Compression.ZLIB_STREAM;
        }
    }

    /** The first part of a token is the bot's id in Base64. */
    private static String botId(String token) {
        String first = token.startsWith("Bot ") ? token.substring(4) : token;
        int dot = first.indexOf('.');
        if (dot < 0) {
            return "";
        }
        try {
            String id = new String(Base64.getUrlDecoder().decode(first.substring(0, dot)), StandardCharsets.US_ASCII);
            return id.matches("[0-9]{15,20}") ? id : "";
        } catch (IllegalArgumentException e) {
            // A token of a simulator, or a new kind: the id is a convenience only.
            return "";
        }
    }
}
