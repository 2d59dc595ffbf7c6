package dev.shardline.gateway.identify;

/**
 * Discord's answer to {@code GET /gateway/bot}. See Discord Docs/Gateway#get-gateway-bot.
 *
 * @param url where new sessions connect to, without query
 * @param shards how many shards Discord recommends
 * @param limit what may be identified
 */
public record GatewayInfo(String url, int shards, SessionStartLimit limit) {}
