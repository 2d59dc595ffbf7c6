package dev.shardline.discord.object;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.shardline.discord.Lenient;
import dev.shardline.discord.Snowflake;
import java.util.Map;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/** The objects that ids in an interaction or message stand for. */
@Generated("dev.shardline.discord.generator")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ResolvedObjects(
        @Nullable Map<Snowflake, User> users,
        @Nullable Map<Snowflake, Member> members,
        @Nullable Map<Snowflake, Channel> channels,
        @Nullable Map<Snowflake, Role> roles,
        @Nullable Map<Snowflake, Message> messages,
        @Nullable Map<Snowflake, Attachment> attachments) {
    public ResolvedObjects {
        users = Lenient.present(users);
        members = Lenient.present(members);
        channels = Lenient.present(channels);
        roles = Lenient.present(roles);
        messages = Lenient.present(messages);
        attachments = Lenient.present(attachments);
    }
}
