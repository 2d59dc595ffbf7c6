package dev.shardline.discord.object;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Objects;
import javax.annotation.processing.Generated;

/** A value of Discord's. Holds any value: the constants are those known today. */
@Generated("dev.shardline.discord.generator")
public record OAuth2Scope(@JsonValue String value) {
    /** allows /users/&#64;me without email */
    public static final OAuth2Scope IDENTIFY = new OAuth2Scope("identify");

    /** enables /users/&#64;me to return an email */
    public static final OAuth2Scope EMAIL = new OAuth2Scope("email");

    /** allows /users/&#64;me/connections to return linked third-party accounts */
    public static final OAuth2Scope CONNECTIONS = new OAuth2Scope("connections");

    /** allows /users/&#64;me/guilds to return basic information about all of a user's guilds */
    public static final OAuth2Scope GUILDS = new OAuth2Scope("guilds");

    /** allows /guilds/{guild.id}/members/{user.id} to be used for joining users to a guild */
    public static final OAuth2Scope GUILDS_JOIN = new OAuth2Scope("guilds.join");

    /** allows /users/&#64;me/guilds/{guild.id}/member to return a user's member information in a guild */
    public static final OAuth2Scope GUILDS_MEMBERS_READ = new OAuth2Scope("guilds.members.read");

    /** allows your app to join users to a group dm */
    public static final OAuth2Scope GDM_JOIN = new OAuth2Scope("gdm.join");

    /** for oauth2 bots, this puts the bot in the user's selected guild by default */
    public static final OAuth2Scope BOT = new OAuth2Scope("bot");

    /**
     * for local rpc server access, this allows you to control a user's local Discord client - requires Discord approval
     */
    public static final OAuth2Scope RPC = new OAuth2Scope("rpc");

    /**
     * for local rpc server access, this allows you to receive notifications pushed out to the user - requires Discord
     * approval
     */
    public static final OAuth2Scope RPC_NOTIFICATIONS_READ = new OAuth2Scope("rpc.notifications.read");

    /**
     * for local rpc server access, this allows you to read a user's voice settings and listen for voice events -
     * requires Discord approval
     */
    public static final OAuth2Scope RPC_VOICE_READ = new OAuth2Scope("rpc.voice.read");

    /** for local rpc server access, this allows you to update a user's voice settings - requires Discord approval */
    public static final OAuth2Scope RPC_VOICE_WRITE = new OAuth2Scope("rpc.voice.write");

    /** for local rpc server access, this allows you to read a user's video status - requires Discord approval */
    public static final OAuth2Scope RPC_VIDEO_READ = new OAuth2Scope("rpc.video.read");

    /** for local rpc server access, this allows you to update a user's video settings - requires Discord approval */
    public static final OAuth2Scope RPC_VIDEO_WRITE = new OAuth2Scope("rpc.video.write");

    /** for local rpc server access, this allows you to read a user's screenshare status- requires Discord approval */
    public static final OAuth2Scope RPC_SCREENSHARE_READ = new OAuth2Scope("rpc.screenshare.read");

    /**
     * for local rpc server access, this allows you to update a user's screenshare settings- requires Discord approval
     */
    public static final OAuth2Scope RPC_SCREENSHARE_WRITE = new OAuth2Scope("rpc.screenshare.write");

    /** for local rpc server access, this allows you to update a user's activity - requires Discord approval */
    public static final OAuth2Scope RPC_ACTIVITIES_WRITE = new OAuth2Scope("rpc.activities.write");

    /** this generates a webhook that is returned in the oauth token response for authorization code grants */
    public static final OAuth2Scope WEBHOOK_INCOMING = new OAuth2Scope("webhook.incoming");

    /**
     * for local rpc server api access, this allows you to read messages from all client channels (otherwise restricted
     * to channels/guilds your app creates)
     */
    public static final OAuth2Scope MESSAGES_READ = new OAuth2Scope("messages.read");

    /** allows your app to upload/update builds for a user's applications - requires Discord approval */
    public static final OAuth2Scope APPLICATIONS_BUILDS_UPLOAD = new OAuth2Scope("applications.builds.upload");

    /** allows your app to read build data for a user's applications */
    public static final OAuth2Scope APPLICATIONS_BUILDS_READ = new OAuth2Scope("applications.builds.read");

    /** allows your app to use commands in a guild */
    public static final OAuth2Scope APPLICATIONS_COMMANDS = new OAuth2Scope("applications.commands");

    /** allows your app to update permissions for its commands in a guild a user has permissions to */
    public static final OAuth2Scope APPLICATIONS_COMMANDS_PERMISSIONS_UPDATE =
            new OAuth2Scope("applications.commands.permissions.update");

    /** allows your app to update its commands using a Bearer token - client credentials grant only */
    public static final OAuth2Scope APPLICATIONS_COMMANDS_UPDATE = new OAuth2Scope("applications.commands.update");

    /**
     * allows your app to read and update store data (SKUs, store listings, achievements, etc.) for a user's
     * applications
     */
    public static final OAuth2Scope APPLICATIONS_STORE_UPDATE = new OAuth2Scope("applications.store.update");

    /** allows your app to read entitlements for a user's applications */
    public static final OAuth2Scope APPLICATIONS_ENTITLEMENTS = new OAuth2Scope("applications.entitlements");

    /** allows your app to fetch data from a user's "Now Playing/Recently Played" list - requires Discord approval */
    public static final OAuth2Scope ACTIVITIES_READ = new OAuth2Scope("activities.read");

    /**
     * allows your app to update a user's activity - requires Discord approval (NOT REQUIRED FOR GAMESDK ACTIVITY
     * MANAGER)
     */
    public static final OAuth2Scope ACTIVITIES_WRITE = new OAuth2Scope("activities.write");

    /**
     * allows your app to send activity invites - requires Discord approval (NOT REQUIRED FOR GAMESDK ACTIVITY MANAGER)
     */
    public static final OAuth2Scope ACTIVITIES_INVITES_WRITE = new OAuth2Scope("activities.invites.write");

    /** allows your app to know a user's friends and implicit relationships - requires Discord approval */
    public static final OAuth2Scope RELATIONSHIPS_READ = new OAuth2Scope("relationships.read");

    /**
     * allows your app to connect to voice on user's behalf and see all the voice members - requires Discord approval
     */
    public static final OAuth2Scope VOICE = new OAuth2Scope("voice");

    /** allows your app to see information about the user's DMs and group DMs - requires Discord approval */
    public static final OAuth2Scope DM_CHANNELS_READ = new OAuth2Scope("dm_channels.read");

    /** allows your app to update a user's connection and metadata for the app */
    public static final OAuth2Scope ROLE_CONNECTIONS_WRITE = new OAuth2Scope("role_connections.write");

    /** for OpenID Connect, this allows your app to receive user id and basic profile information */
    public static final OAuth2Scope OPENID = new OAuth2Scope("openid");

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public OAuth2Scope {
        Objects.requireNonNull(value, "value");
    }
}
