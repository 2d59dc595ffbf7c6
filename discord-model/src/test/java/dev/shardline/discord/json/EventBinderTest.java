package dev.shardline.discord.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.shardline.discord.GatewayEvent;
import dev.shardline.discord.Permissions;
import dev.shardline.discord.Snowflake;
import dev.shardline.discord.event.GatewayEvents;
import dev.shardline.discord.event.GuildCreate;
import dev.shardline.discord.event.GuildMembersChunk;
import dev.shardline.discord.event.GuildRoleCreate;
import dev.shardline.discord.event.InteractionCreate;
import dev.shardline.discord.event.MessageCreate;
import dev.shardline.discord.event.PresenceUpdate;
import dev.shardline.discord.event.RateLimited;
import dev.shardline.discord.event.UnknownEvent;
import dev.shardline.discord.event.VoiceChannelEffectSend;
import dev.shardline.discord.object.ActivityType;
import dev.shardline.discord.object.Channel;
import dev.shardline.discord.object.ChannelType;
import dev.shardline.discord.object.Role;
import dev.shardline.discord.object.RoleTags;
import dev.shardline.discord.object.User;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventBinderTest {
    private static final String UINT64_MAX = "18446744073709551615";

    private final EventBinder binder = new EventBinder();

    @ParameterizedTest
    @MethodSource("dev.shardline.discord.json.Sample#known")
    void bindsEverySampleWithoutLoss(Sample sample) {
        Bound<? extends GatewayEvent> bound = binder.bind(sample.eventName(), sample.data());
        assertThat(bound.lost()).isEmpty();
        assertThat(bound.event().eventName()).isEqualTo(sample.eventName());
        assertThat(bound.event())
                .isInstanceOf(GatewayEvents.typeOf(sample.eventName()).orElseThrow());
    }

    @ParameterizedTest
    @MethodSource("dev.shardline.discord.json.Sample#undocumented")
    void keepsEventsThatItDoesNotKnow(Sample sample) {
        GatewayEvent event = binder.bind(sample.eventName(), sample.data()).event();
        assertThat(event).isInstanceOf(UnknownEvent.class);
        assertThat(EventBinder.mapper()
                        .valueToTree(((UnknownEvent) event).data())
                        .toString())
                .isEqualTo(EventBinder.mapper().readTree(sample.data()).toString());
    }

    @Test
    void hasARecordForEveryDocumentedEventAndNoOther() {
        assertThat(GatewayEvents.all().keySet())
                .isEqualTo(Sample.documented().stream().map(Sample::eventName).collect(Collectors.toSet()))
                .hasSize(82);
        GatewayEvents.all()
                .forEach((name, type) -> assertThat(GatewayEvents.nameOf(type)).isEqualTo(name));
    }

    @Test
    void knowsTheGuildOfAnEventWhereverDiscordPutsIt() {
        assertThat(guild("MESSAGE_CREATE", "{\"guild_id\":\"7\"}")).isEqualTo(Snowflake.of(7));
        assertThat(guild("MESSAGE_CREATE", "{\"message_reference\":{\"guild_id\":\"7\"}}"))
                .isNull();
        assertThat(guild("GUILD_CREATE", "{\"id\":\"7\"}")).isEqualTo(Snowflake.of(7));
        assertThat(guild("GUILD_DELETE", "{\"id\":\"7\"}")).isEqualTo(Snowflake.of(7));
        assertThat(guild("RATE_LIMITED", "{\"meta\":{\"guild_id\":\"7\"}}")).isEqualTo(Snowflake.of(7));
        assertThat(guild("RATE_LIMITED", "{}")).isNull();
        assertThat(guild("READY", "{}")).isNull();
        assertThat(guild("SOME_NEW_EVENT", "{\"guild_id\":7}")).isEqualTo(Snowflake.of(7));
    }

    @Test
    void readsIdsFromStringsAndNumbersUpToTheLast() {
        String data = "{\"not_found\":[1,\"2\",9223372036854775808,\"9223372036854775808\"," + UINT64_MAX + "]}";
        assertThat(bind(GuildMembersChunk.class, data).event().notFound())
                .extracting(Snowflake::toString)
                .containsExactly("1", "2", "9223372036854775808", "9223372036854775808", UINT64_MAX);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\"\"", "\"x\"", "-1.5", "18446744073709551616", "\"-1\"", "true", "{\"a\":{}}", "[[1]]", "{}"})
    void makesNullOfWhatIsNoId(String id) {
        String data = "{\"channel_id\":" + id + ",\"user_id\":\"2\"}";
        VoiceChannelEffectSend event = bind(VoiceChannelEffectSend.class, data).event();
        assertThat(event.channelId()).isNull();
        assertThat(event.userId()).isEqualTo(Snowflake.of(2));
    }

    @Test
    void readsPermissionsOfAnySize() {
        String bits = "1" + "0".repeat(40);
        for (String json : List.of(bits, '"' + bits + '"')) {
            Role role = bind(GuildRoleCreate.class, "{\"role\":{\"permissions\":" + json + "}}")
                    .event()
                    .role();
            assertThat(Objects.requireNonNull(role).permissions()).hasToString(bits);
        }
        assertThat(Permissions.ADMINISTRATOR).hasToString("8");
        assertThat(Permissions.BYPASS_SLOWMODE).hasToString(String.valueOf(1L << 52));
    }

    @Test
    void keepsValuesThatItHasNoNameFor() {
        PresenceUpdate event = bind(
                        PresenceUpdate.class, "{\"status\":\"tired\",\"activities\":[{\"type\":99},{\"type\":\"0\"}]}")
                .event();
        assertThat(Objects.requireNonNull(event.presence().status()).value()).isEqualTo("tired");
        assertThat(event.presence().activities())
                .extracting(activity -> activity.type())
                .containsExactly(new ActivityType(99), ActivityType.PLAYING);
    }

    @Test
    void tellsLostValuesByTheirPlace() {
        Bound<MessageCreate> bound = bind(
                MessageCreate.class,
                "{\"author\":{\"id\":{\"x\":1},\"username\":\"a\"},\"mentions\":[[],{\"id\":\"2\"}],\"content\":[\"c\"],\"id\":\"3\"}");
        assertThat(bound.lost()).containsExactly("/author/id", "/mentions/0", "/content");
        assertThat(bound.event().message().id()).isEqualTo(Snowflake.of(3));
        assertThat(Objects.requireNonNull(bound.event().message().author()).username())
                .isEqualTo("a");
        assertThat(bound.event().message().mentions()).extracting(User::id).containsExactly(Snowflake.of(2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "\"text\"", "5", "null", "true", "", "{", "{\"id\":}", "{\"id\":\"1\"} x"})
    void refusesWhatIsNotOneObject(String data) {
        for (String name : List.of("MESSAGE_CREATE", "GUILD_DELETE", "RESUMED", "GUILD_INTEGRATIONS_UPDATE")) {
            assertThatExceptionOfType(EventBindingException.class)
                    .isThrownBy(() -> binder.bind(name, bytes(data)))
                    .withMessageStartingWith(name + " cannot be bound: ");
        }
    }

    @Test
    void keepsAnyTextAsItIs() {
        String bidi = "\u202Eevil\u202C \u200D\u2066x\u2069 \u2028 \uD83D\uDE00";
        assertThat(content("{\"content\":\"" + bidi + "\"}")).isEqualTo(bidi);
        assertThat(content("{\"content\":\"\\ud83d lone \\ude00\"}")).isEqualTo("\uD83D lone \uDE00");
        assertThat(content("{\"content\":\"{\\\"guild_id\\\":\\\"1\\\"}\\u0000\"}"))
                .isEqualTo("{\"guild_id\":\"1\"}\0");
    }

    @Test
    void readsAllMembersOfAUnionIntoOneRecord() {
        InteractionCreate modal = binder.bind(
                        InteractionCreate.class,
                        Sample.named("INTERACTION_CREATE.modal").data())
                .event();
        assertThat(Objects.requireNonNull(modal.interaction().data()).components())
                .allSatisfy(label -> assertThat(
                                Objects.requireNonNull(label.component()).value())
                        .isNotEmpty());
        GuildCreate guild = binder.bind(
                        GuildCreate.class, Sample.named("GUILD_CREATE").data())
                .event();
        assertThat(guild.guild().channels()).extracting(Channel::type).contains(ChannelType.GUILD_FORUM);
        assertThat(guild.guild().threads()).extracting(Channel::type).contains(ChannelType.PUBLIC_THREAD);
    }

    @Test
    void readsANullRoleTagAsYes() {
        GuildRoleCreate event = bind(
                        GuildRoleCreate.class,
                        "{\"role\":{\"tags\":{\"premium_subscriber\":null,\"bot_id\":\"5\",\"integration_id\":6}}}")
                .event();
        RoleTags tags =
                Objects.requireNonNull(Objects.requireNonNull(event.role()).tags());
        assertThat(tags.premiumSubscriber()).isTrue();
        assertThat(tags.availableForPurchase()).isFalse();
        assertThat(tags.botId()).isEqualTo(Snowflake.of(5));
        assertThat(tags.integrationId()).isEqualTo(Snowflake.of(6));
        assertThat(tags.subscriptionListingId()).isNull();
    }

    @Test
    void readsFractionsOfSeconds() {
        assertThat(bind(RateLimited.class, "{\"retry_after\":0.75}").event().retryAfter())
                .isEqualTo(0.75);
    }

    private String content(String data) {
        return Objects.requireNonNull(
                bind(MessageCreate.class, data).event().message().content());
    }

    private @Nullable Snowflake guild(String name, String data) {
        return binder.bind(name, bytes(data)).event().guildId();
    }

    private <E extends GatewayEvent> Bound<E> bind(Class<E> type, String data) {
        return binder.bind(type, bytes(data));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
