package dev.shardline.it.delivery;

/**
 * What a scenario is played in.
 *
 * @param gatewayUri the broker as the gateway reaches it
 * @param botUri the broker as the bots reach it
 * @param bots how many instances of the bot
 * @param diskSize of a disk of the gateway's own such as {@code 8m}; empty for the machine's
 */
record Setting(String gatewayUri, String botUri, int bots, String diskSize) {
    static Setting of(String uri, int bots) {
        return new Setting(uri, uri, bots, "");
    }
}
