package dev.shardline.simulator.gateway;

/** Counted dispatches that the client has not yet shown to have received, oldest first. A ring of plain arrays. */
final class Unacknowledged {
    /** Gets each entry of a session that died. */
    interface Visitor {
        void visit(long sequence, long guildId, int number, long order);
    }

    private long[] sequences = new long[64];
    private long[] guilds = new long[64];
    private long[] orders = new long[64];
    private int[] numbers = new int[64];
    private int head;
    private int size;

    void add(long sequence, long guildId, int number, long order) {
        if (size == sequences.length) {
            enlarge();
        }
        int at = (head + size++) & (sequences.length - 1);
        sequences[at] = sequence;
        guilds[at] = guildId;
        numbers[at] = number;
        orders[at] = order;
    }

    /** Forgets everything up to the sequence. */
    void acknowledged(long sequence) {
        while (size > 0 && sequences[head] <= sequence) {
            head = (head + 1) & (sequences.length - 1);
            size--;
        }
    }

    /** Hands over and forgets all entries. */
    void drain(Visitor visitor) {
        for (int i = 0; i < size; i++) {
            int at = (head + i) & (sequences.length - 1);
            visitor.visit(sequences[at], guilds[at], numbers[at], orders[at]);
        }
        size = 0;
    }

    private void enlarge() {
        int length = sequences.length;
        long[] newSequences = new long[length * 2];
        long[] newGuilds = new long[length * 2];
        long[] newOrders = new long[length * 2];
        int[] newNumbers = new int[length * 2];
        for (int i = 0; i < size; i++) {
            int at = (head + i) & (length - 1);
            newSequences[i] = sequences[at];
            newGuilds[i] = guilds[at];
            newOrders[i] = orders[at];
            newNumbers[i] = numbers[at];
        }
        sequences = newSequences;
        guilds = newGuilds;
        orders = newOrders;
        numbers = newNumbers;
        head = 0;
    }
}
