package dev.shardline.gateway.api;

import tools.jackson.databind.node.ObjectNode;

/**
 * What of one feature can be changed while the gateway runs. Safe for use by many threads.
 *
 * <p>Settings are named like their property, in snake case: {@code deny} for {@code shardline.filter.deny}. A change holds
 * until the next start.
 */
public interface RuntimeSettings {
    /** Every setting and its value, as a new object. */
    ObjectNode current();

    /**
     * Changes the settings that are named, all of them or none; null brings the configured value back. In force after the
     * return.
     *
     * @throws IllegalArgumentException naming the setting at fault, its value and the mend
     */
    void change(ObjectNode changes);
}
