package dev.shardline.contract.command;

/** The names of the commands that a gateway knows without extensions. Documented in {@code docs/commands.md}. */
public final class CommandTypes {
    /** Sets what the bot shows as its status; op 3. */
    public static final String UPDATE_PRESENCE = "update_presence";
    /** Joins, moves in or leaves voice; op 4. */
    public static final String UPDATE_VOICE_STATE = "update_voice_state";
    /** Asks for members of one guild; op 8. */
    public static final String REQUEST_GUILD_MEMBERS = "request_guild_members";
    /** Asks for the sounds of guilds; op 31. */
    public static final String REQUEST_SOUNDBOARD_SOUNDS = "request_soundboard_sounds";
    /** Asks for status and start time of voice channels; op 43. */
    public static final String REQUEST_CHANNEL_INFO = "request_channel_info";
    /** Sends any gateway payload that this list has no command for. */
    public static final String SEND_PAYLOAD = "send_payload";
    /** What every shard is doing. */
    public static final String STATUS = "status";
    /** Which shard owns a guild. */
    public static final String LOCATE_GUILD = "locate_guild";
    /** Reconnects a shard, by RESUME or by a new IDENTIFY. */
    public static final String RESTART_SHARD = "restart_shard";
    /** Hands a shard to another worker. */
    public static final String MOVE_SHARD = "move_shard";
    /** Begins a change of the shard count. */
    public static final String RESHARD_START = "reshard_start";
    /** How far the change of the shard count is. */
    public static final String RESHARD_STATUS = "reshard_status";
    /** Gives the change of the shard count up. */
    public static final String RESHARD_ABORT = "reshard_abort";
    /** Hands all shards of a worker to others. */
    public static final String DRAIN_WORKER = "drain_worker";
    /** Changes the level of one logger while the gateway runs. */
    public static final String SET_LOG_LEVEL = "set_log_level";

    private CommandTypes() {}
}
