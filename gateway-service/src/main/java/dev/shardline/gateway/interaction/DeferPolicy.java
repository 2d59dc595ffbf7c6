package dev.shardline.gateway.interaction;

/**
 * Decides how the gateway answers an interaction while no bot is attached. Asked for each one then, on the thread that
 * reads the shard's socket: must be quick and must not block. When it throws, the default decides.
 */
@FunctionalInterface
public interface DeferPolicy {
    /** What Discord is told. */
    Answer answer(Interaction interaction);

    /** The first answer to an interaction. See Discord Docs/Receiving and Responding, Interaction Callback Type. */
    enum Answer {
        /** Nothing: the user sees that the bot did not respond. */
        NONE,
        /** "Thinking", for all in the channel; so will the answer be (type 5). */
        DEFER,
        /** "Thinking", for the user only; so will the answer be. */
        DEFER_EPHEMERAL
    }

    /** Every command, component and form; autocompletes cannot be deferred. */
    static DeferPolicy everyKind(boolean ephemeral) {
        Answer answer = ephemeral ? Answer.DEFER_EPHEMERAL : Answer.DEFER;
        return interaction -> interaction.type() == Interaction.AUTOCOMPLETE ? Answer.NONE : answer;
    }
}
