package dev.shardline.simulator.ledger;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What an audit found: {@code generated = seen + lost + discardedByDiscord}.
 *
 * @param generated owed events (of the audited types)
 * @param seen of these, how many were seen at least once
 * @param lost owed, not given up by Discord, and never seen
 * @param discardedByDiscord given up by Discord and never seen: no client could have had them
 * @param duplicated sightings beyond the first that were not flagged as redelivery
 * @param redelivered sightings beyond the first that were flagged as redelivery
 * @param outOfOrder first sightings that came after a later event of the same guild
 * @param longestGap the longest run of consecutive lost events within a guild
 * @param longestSilence the longest time between two sightings
 * @param unmarked sightings without a marker, such as GUILD_CREATE
 * @param foreign sightings of another run's events
 * @param lostByType lost events per event type
 * @param lostExamples markers of the first few lost events
 */
public record AuditReport(
        long generated,
        long seen,
        long lost,
        long discardedByDiscord,
        long duplicated,
        long redelivered,
        long outOfOrder,
        int longestGap,
        Duration longestSilence,
        long unmarked,
        long foreign,
        Map<String, Long> lostByType,
        List<Marker> lostExamples) {

    /** True when nothing was lost, duplicated without a flag, or out of order. */
    public boolean clean() {
        return lost == 0 && duplicated == 0 && outOfOrder == 0;
    }
}
