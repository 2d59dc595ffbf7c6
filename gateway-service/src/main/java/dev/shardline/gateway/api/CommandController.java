package dev.shardline.gateway.api;

import dev.shardline.contract.command.CommandCodec;
import dev.shardline.contract.command.Target;
import dev.shardline.gateway.api.access.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.DeferredResult;

/** Every command of docs/commands.md, those of extensions included. */
@RestController
@RequestMapping("/api/v1")
@Tag(name = "commands", description = "Every command of docs/commands.md; role operate")
final class CommandController {
    private final CommandDoor door;

    CommandController(CommandDoor door) {
        this.door = door;
    }

    @PostMapping("/commands")
    @Operation(operationId = "sendCommand", summary = "Sends any command and answers with its outcome")
    DeferredResult<ResponseEntity<CommandReply>> send(
            @RequestAttribute(Caller.ATTRIBUTE) Caller caller, @RequestBody CommandRequest request) {
        Target target;
        try {
            target = Target.parse(request.target());
        } catch (IllegalArgumentException e) {
            throw new ApiException(HttpStatus.BAD_REQUEST, "invalid-body", String.valueOf(e.getMessage()))
                    .with("field", "target");
        }
        return door.send(
                caller,
                request.id(),
                request.type(),
                target,
                request.payload() == null ? CommandCodec.object() : request.payload(),
                request.timeoutMs() == null ? CommandDoor.DEFAULT_WAIT : Duration.ofMillis(request.timeoutMs()),
                reply -> reply);
    }
}
