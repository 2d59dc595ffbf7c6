package dev.shardline.gateway.app;

/** Discord refused something that only the bot's owner can mend: exit code 3. */
final class DiscordRefusal extends ConfigurationProblem {
    private static final long serialVersionUID = 1L;

    DiscordRefusal(String property, String problem) {
        super(property, problem, "A restart does not help before that.");
    }
}
