package dev.shardline.gateway.api;

import dev.shardline.contract.command.Target;
import org.springframework.http.HttpStatus;

/** Targets from paths. */
final class Targets {
    private Targets() {}

    static Target shard(int shard) {
        if (shard < 0 || shard > 999_999) {
            throw new ApiException(
                            HttpStatus.BAD_REQUEST, "invalid-parameter", "shard must be 0 to 999999, was " + shard)
                    .with("field", "shard");
        }
        return Target.shard(shard);
    }
}
