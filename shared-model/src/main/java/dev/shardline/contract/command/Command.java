package dev.shardline.contract.command;

import java.util.Objects;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/**
 * One order from a bot to the gateway.
 *
 * @param id chosen by the caller, 1 to 64 of {@code A-Z a-z 0-9 . _ : -}; the same id sent again is the same command and
 *     is answered again, not done again
 * @param type one of {@link CommandTypes}, or the name that an extension's handler gave itself
 * @param target who it is for; also the routing key
 * @param deadline until when it is worth doing, milliseconds since the epoch
 * @param payload what the type asks for; must not be changed once the command is made
 */
public record Command(String id, String type, Target target, long deadline, ObjectNode payload) {
    /** The version of this contract. A gateway refuses every other one. */
    public static final int VERSION = 1;

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._:-]{1,64}");
    private static final Pattern TYPE = Pattern.compile("[a-z][a-z0-9_]{0,63}");

    /** Checks id, type and deadline. */
    public Command {
        if (!isId(id)) {
            throw new IllegalArgumentException(
                    "id must be 1 to 64 letters, digits, '.', '_', ':' or '-', was \"" + Shortened.of(id) + "\"");
        }
        if (!TYPE.matcher(type).matches()) {
            throw new IllegalArgumentException(
                    "type must be 1 to 64 lower-case letters, digits or '_' and begin with a letter, was \""
                            + Shortened.of(type) + "\"");
        }
        if (deadline <= 0) {
            throw new IllegalArgumentException("deadline must be milliseconds since 1970, above 0, was " + deadline);
        }
        Objects.requireNonNull(target, "target");
        Objects.requireNonNull(payload, "payload");
    }

    static boolean isId(String text) {
        return ID.matcher(text).matches();
    }
}
