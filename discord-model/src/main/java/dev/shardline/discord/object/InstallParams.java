package dev.shardline.discord.object;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.shardline.discord.Lenient;
import dev.shardline.discord.Permissions;
import java.util.List;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/** Scopes and permissions with which an application is installed. */
@Generated("dev.shardline.discord.generator")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record InstallParams(
        @Nullable List<OAuth2Scope> scopes, @Nullable Permissions permissions) {
    public InstallParams {
        scopes = Lenient.present(scopes);
    }
}
