package dev.shardline.contract.command;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Commands and replies as UTF-8 JSON, strictly read. Safe for use by many threads. */
public final class CommandCodec {
    /** The most that a command may take on the wire. Discord's own limit for what is inside is 4,096 bytes. */
    public static final int MAX_COMMAND_BYTES = 16 * 1024;

    static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private CommandCodec() {}

    /** An empty payload to fill. */
    public static ObjectNode object() {
        return JSON.createObjectNode();
    }

    /**
     * Writes a command.
     *
     * @throws InvalidCommandException when it takes more than {@link #MAX_COMMAND_BYTES}
     */
    public static byte[] encode(Command command) {
        ObjectNode root = object();
        root.put("version", Command.VERSION);
        root.put("id", command.id());
        root.put("type", command.type());
        root.put("target", command.target().routingKey());
        root.put("deadline", command.deadline());
        root.set("payload", command.payload());
        byte[] bytes = JSON.writeValueAsBytes(root);
        requireSize(bytes, command.id());
        return bytes;
    }

    /**
     * Reads a command, refusing whatever the contract does not name.
     *
     * @throws InvalidCommandException with the command's id as far as it could be read
     */
    public static Command decode(byte[] bytes) {
        requireSize(bytes, null);
        JsonNode root;
        try {
            root = JSON.readTree(bytes);
        } catch (JacksonException e) {
            throw new InvalidCommandException("the command is not JSON: " + Shortened.of(e.getOriginalMessage()));
        }
        @Nullable String id = readableId(root);
        try {
            PayloadReader reader = PayloadReader.of(root, "command");
            int version = reader.integer("version", Integer.MIN_VALUE, Integer.MAX_VALUE);
            if (version != Command.VERSION) {
                throw new InvalidCommandException(
                        "command.version must be " + Command.VERSION + ", was " + version + ": use a matching SDK");
            }
            Command command = new Command(
                    reader.text("id", 64),
                    reader.text("type", 64),
                    Target.parse(reader.text("target", 32)),
                    reader.number("deadline", 1, Long.MAX_VALUE),
                    reader.object("payload"));
            reader.end();
            return command;
        } catch (InvalidCommandException | IllegalArgumentException e) {
            throw new InvalidCommandException(String.valueOf(e.getMessage()), id);
        }
    }

    /** Writes a reply; the result's bytes go in unchanged. */
    public static byte[] encode(Reply reply) {
        ObjectNode root = object();
        root.put("version", Command.VERSION);
        root.put("id", reply.id());
        root.put("outcome", reply.outcome().name());
        root.put("text", reply.text());
        if (reply.retryAfter() != null) {
            root.put("retry_after_ms", reply.retryAfter().toMillis());
        }
        root.put("part", reply.part());
        root.put("last", reply.last());
        if (reply.serving() > 0) {
            reply.shards().forEach(root.putArray("shards")::add);
            root.put("serving", reply.serving());
        }
        byte[] head = JSON.writeValueAsBytes(root);
        RawJson result = reply.result();
        if (result == null) {
            return head;
        }
        byte[] key = ",\"result\":".getBytes(StandardCharsets.US_ASCII);
        ByteArrayOutputStream all = new ByteArrayOutputStream(head.length + key.length + result.bytes().length);
        all.write(head, 0, head.length - 1);
        all.write(key, 0, key.length);
        all.write(result.bytes(), 0, result.bytes().length);
        all.write('}');
        return all.toByteArray();
    }

    /**
     * Reads a reply. Fields that a later version may add are passed over: a bot is often older than its gateway.
     *
     * @throws InvalidCommandException when it is not one
     */
    public static Reply decodeReply(byte[] bytes) {
        try (JsonParser parser = JSON.createParser(bytes)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new InvalidCommandException("a reply must be a JSON object");
            }
            return readReply(parser, bytes);
        } catch (JacksonException e) {
            throw new InvalidCommandException("the reply is not JSON: " + Shortened.of(e.getOriginalMessage()));
        } catch (IllegalArgumentException e) {
            throw new InvalidCommandException("the reply breaks the contract: " + e.getMessage());
        }
    }

    private static Reply readReply(JsonParser parser, byte[] bytes) {
        String id = "";
        Outcome outcome = Outcome.INVALID;
        String text = "";
        @Nullable Duration retryAfter = null;
        int part = 0;
        boolean last = true;
        List<Integer> shards = new ArrayList<>();
        int serving = 0;
        @Nullable RawJson result = null;
        boolean hasOutcome = false;
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            switch (name) {
                case "id" -> id = parser.getString();
                case "outcome" -> {
                    outcome = Outcome.valueOf(parser.getString().toUpperCase(Locale.ROOT));
                    hasOutcome = true;
                }
                case "text" -> text = parser.getString();
                case "retry_after_ms" -> retryAfter = Duration.ofMillis(parser.getLongValue());
                case "part" -> part = parser.getIntValue();
                case "last" -> last = parser.getBooleanValue();
                case "serving" -> serving = parser.getIntValue();
                case "shards" -> {
                    while (parser.nextToken() == JsonToken.VALUE_NUMBER_INT) {
                        shards.add(parser.getIntValue());
                    }
                }
                case "result" -> {
                    if (value != JsonToken.VALUE_NULL) {
                        int from = (int) parser.currentTokenLocation().getByteOffset();
                        parser.skipChildren();
                        int to = (int) parser.currentLocation().getByteOffset();
                        result = RawJson.of(Arrays.copyOfRange(bytes, from, to));
                    }
                }
                default -> parser.skipChildren();
            }
        }
        if (!hasOutcome) {
            throw new InvalidCommandException("a reply must have an outcome");
        }
        return new Reply(id, outcome, text, retryAfter, part, last, shards, serving, result);
    }

    private static void requireSize(byte[] bytes, @Nullable String id) {
        if (bytes.length > MAX_COMMAND_BYTES) {
            throw new InvalidCommandException(
                    "a command must be at most " + MAX_COMMAND_BYTES + " bytes, was " + bytes.length
                            + ": split it into several",
                    id);
        }
    }

    private static @Nullable String readableId(JsonNode root) {
        JsonNode id = root.isObject() ? root.get("id") : null;
        return id != null && id.isString() && Command.isId(id.stringValue()) ? id.stringValue() : null;
    }
}
