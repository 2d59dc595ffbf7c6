package dev.shardline.gateway.command;

/** Changes log levels while the gateway runs. Safe for use by many threads. */
public interface LogLevels {
    /**
     * Sets the level of one logger.
     *
     * @param level one of TRACE, DEBUG, INFO, WARN, ERROR and OFF
     */
    void set(String logger, String level);
}
