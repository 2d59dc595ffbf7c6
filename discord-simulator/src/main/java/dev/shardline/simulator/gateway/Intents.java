package dev.shardline.simulator.gateway;

/** Bits of the intents value that the simulator looks at. */
public final class Intents {
    public static final int GUILDS = 1;
    public static final int GUILD_MEMBERS = 1 << 1;
    public static final int GUILD_PRESENCES = 1 << 8;
    public static final int MESSAGE_CONTENT = 1 << 15;
    /** Every documented bit. */
    public static final int ALL = 53608447;
    /** Bits that must be switched on for the application. */
    public static final int PRIVILEGED = GUILD_MEMBERS | GUILD_PRESENCES | MESSAGE_CONTENT;

    private Intents() {}
}
