package dev.shardline.gateway.app;

import dev.shardline.contract.command.InvalidCommandException;
import dev.shardline.gateway.api.Audit;
import dev.shardline.gateway.command.LogLevels;
import java.util.Set;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;

/**
 * Log levels by Spring Boot's logging, but for two kinds of loggers. Those that write requests as they come stay quiet:
 * with them a token would get into the log. The audit log stays on: whoever could switch it off would leave no trace of
 * that. What these inherit from is of no effect, for {@code application.yaml} gives them a level of their own.
 */
final class RuntimeLogLevels implements LogLevels {
    private static final String WIRE = "org.apache.coyote";
    private static final Set<String> LOUD = Set.of("TRACE", "DEBUG");
    private static final Set<String> COMPLETE = Set.of("TRACE", "DEBUG", "INFO");

    private final LoggingSystem logging;

    RuntimeLogLevels(LoggingSystem logging) {
        this.logging = logging;
    }

    @Override
    public void set(String logger, String level) {
        if ((logger.equals(WIRE) || logger.startsWith(WIRE + ".")) && LOUD.contains(level)) {
            throw new InvalidCommandException("payload.logger \"" + WIRE
                    + "\" would write tokens into the log at this level; use INFO or above for it");
        }
        if (logger.equals(Audit.LOGGER) && !COMPLETE.contains(level)) {
            throw new InvalidCommandException("payload.level must be INFO or below for the audit log \"" + Audit.LOGGER
                    + "\", was " + level + "; configure logging.level." + Audit.LOGGER + " to have less of it");
        }
        logging.setLogLevel(logger, LogLevel.valueOf(level));
    }
}
