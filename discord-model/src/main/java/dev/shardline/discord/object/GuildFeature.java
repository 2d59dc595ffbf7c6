package dev.shardline.discord.object;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Objects;
import javax.annotation.processing.Generated;

/** A value of Discord's. Holds any value: the constants are those known today. */
@Generated("dev.shardline.discord.generator")
public record GuildFeature(@JsonValue String value) {
    /** guild has access to set an animated guild banner image */
    public static final GuildFeature ANIMATED_BANNER = new GuildFeature("ANIMATED_BANNER");

    /** guild has access to set an animated guild icon */
    public static final GuildFeature ANIMATED_ICON = new GuildFeature("ANIMATED_ICON");

    /** guild is using the old permissions configuration behavior */
    public static final GuildFeature APPLICATION_COMMAND_PERMISSIONS_V2 =
            new GuildFeature("APPLICATION_COMMAND_PERMISSIONS_V2");

    /** guild has set up auto moderation rules */
    public static final GuildFeature AUTO_MODERATION = new GuildFeature("AUTO_MODERATION");

    /** guild has access to set a guild banner image */
    public static final GuildFeature BANNER = new GuildFeature("BANNER");

    /**
     * guild can enable welcome screen, Membership Screening, stage channels and discovery, and receives community
     * updates
     */
    public static final GuildFeature COMMUNITY = new GuildFeature("COMMUNITY");

    /** guild has enabled monetization */
    public static final GuildFeature CREATOR_MONETIZABLE_PROVISIONAL =
            new GuildFeature("CREATOR_MONETIZABLE_PROVISIONAL");

    /** guild has enabled the role subscription promo page */
    public static final GuildFeature CREATOR_STORE_PAGE = new GuildFeature("CREATOR_STORE_PAGE");

    /** guild has been set as a support server on the App Directory */
    public static final GuildFeature DEVELOPER_SUPPORT_SERVER = new GuildFeature("DEVELOPER_SUPPORT_SERVER");

    /** guild is able to be discovered in the directory */
    public static final GuildFeature DISCOVERABLE = new GuildFeature("DISCOVERABLE");

    /** guild is able to be featured in the directory */
    public static final GuildFeature FEATURABLE = new GuildFeature("FEATURABLE");

    /** guild has paused invites, preventing new users from joining */
    public static final GuildFeature INVITES_DISABLED = new GuildFeature("INVITES_DISABLED");

    /** guild has access to set an invite splash background */
    public static final GuildFeature INVITE_SPLASH = new GuildFeature("INVITE_SPLASH");

    /** guild has enabled Membership Screening */
    public static final GuildFeature MEMBER_VERIFICATION_GATE_ENABLED =
            new GuildFeature("MEMBER_VERIFICATION_GATE_ENABLED");

    /** guild has increased custom sticker slots */
    public static final GuildFeature MORE_STICKERS = new GuildFeature("MORE_STICKERS");

    /** guild has access to create announcement channels */
    public static final GuildFeature NEWS = new GuildFeature("NEWS");

    /** guild is partnered */
    public static final GuildFeature PARTNERED = new GuildFeature("PARTNERED");

    /** guild can be previewed before joining via Membership Screening or the directory */
    public static final GuildFeature PREVIEW_ENABLED = new GuildFeature("PREVIEW_ENABLED");

    /** guild has disabled activity alerts in the configured safety alerts channel */
    public static final GuildFeature RAID_ALERTS_DISABLED = new GuildFeature("RAID_ALERTS_DISABLED");

    /** guild has restricted member prune to administrators and the guild owner */
    public static final GuildFeature PRUNE_REQUIRES_ADMIN = new GuildFeature("PRUNE_REQUIRES_ADMIN");

    /** guild is able to set role icons */
    public static final GuildFeature ROLE_ICONS = new GuildFeature("ROLE_ICONS");

    /** guild has role subscriptions that can be purchased */
    public static final GuildFeature ROLE_SUBSCRIPTIONS_AVAILABLE_FOR_PURCHASE =
            new GuildFeature("ROLE_SUBSCRIPTIONS_AVAILABLE_FOR_PURCHASE");

    /** guild has enabled role subscriptions */
    public static final GuildFeature ROLE_SUBSCRIPTIONS_ENABLED = new GuildFeature("ROLE_SUBSCRIPTIONS_ENABLED");

    /** guild has enabled ticketed events */
    public static final GuildFeature TICKETED_EVENTS_ENABLED = new GuildFeature("TICKETED_EVENTS_ENABLED");

    /** guild has access to set a vanity URL */
    public static final GuildFeature VANITY_URL = new GuildFeature("VANITY_URL");

    /** guild is verified */
    public static final GuildFeature VERIFIED = new GuildFeature("VERIFIED");

    /** guild has access to set 384kbps bitrate in voice (previously VIP voice servers) */
    public static final GuildFeature VIP_REGIONS = new GuildFeature("VIP_REGIONS");

    /** guild has enabled the welcome screen */
    public static final GuildFeature WELCOME_SCREEN_ENABLED = new GuildFeature("WELCOME_SCREEN_ENABLED");

    /** guild is an official guild for one or more games */
    public static final GuildFeature OFFICIAL_GAME_GUILD = new GuildFeature("OFFICIAL_GAME_GUILD");

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public GuildFeature {
        Objects.requireNonNull(value, "value");
    }
}
