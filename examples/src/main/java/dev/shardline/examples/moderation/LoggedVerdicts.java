package dev.shardline.examples.moderation;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Stands where a real bot would call a database or Discord. */
@Component
class LoggedVerdicts implements Verdicts {
    private static final Logger log = LoggerFactory.getLogger(LoggedVerdicts.class);

    @Override
    public void flag(String guild, String message) {
        log.info("Guild {}: message {} was flagged", guild, message);
    }
}
