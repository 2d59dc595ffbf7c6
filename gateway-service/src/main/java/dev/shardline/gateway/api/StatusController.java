package dev.shardline.gateway.api;

import io.swagger.v3.oas.annotations.Hidden;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** How this instance is doing. */
@RestController
@RequestMapping("/api/v1")
@Tag(name = "status", description = "How this instance is doing; role read")
final class StatusController {
    private final StatusReader reader;

    StatusController(StatusReader reader) {
        this.reader = reader;
    }

    @GetMapping("/status")
    @Operation(
            operationId = "status",
            summary = "Everything about this instance: shards, broker, spool, groups, counters")
    Status status() {
        return reader.status();
    }

    @GetMapping("/shards/{shard}")
    @Operation(operationId = "shard", summary = "One shard of this instance")
    ShardInfo shard(@PathVariable int shard) {
        return reader.shards().stream()
                .filter(info -> info.shard() == shard)
                .findFirst()
                .orElseThrow(() -> new ApiException(
                        HttpStatus.NOT_FOUND, "no-such-shard", "Shard " + shard + " does not run on this instance."));
    }

    @GetMapping("/openapi.json")
    @Hidden
    ResponseEntity<Resource> description() {
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .body(new ClassPathResource("openapi.json", StatusController.class));
    }
}
