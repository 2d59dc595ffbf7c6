package dev.shardline.discord.object;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/** How an application is installed. */
@Generated("dev.shardline.discord.generator")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record IntegrationTypeConfiguration(
        @JsonProperty("oauth2_install_params") @Nullable InstallParams oauth2InstallParams) {
    @JsonCreator(mode = JsonCreator.Mode.PROPERTIES)
    public IntegrationTypeConfiguration {}
}
