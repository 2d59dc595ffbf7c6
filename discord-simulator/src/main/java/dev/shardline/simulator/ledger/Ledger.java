package dev.shardline.simulator.ledger;

import dev.shardline.simulator.net.Ticks;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Every generated event that Discord owes the bot, numbered per guild from 1 without gaps.
 *
 * <p>An event is owed when, at the moment it happens, at least one session matches its shard and its intents,
 * connected or resumable. It stops being owed ("discarded by Discord") when every session that held it died before
 * its client can be shown to have received it: by op 9 false, expiry or buffer overflow, but not by the client's own
 * 1000 or 1001. Costs about one byte and a few bits per event. All methods are safe on any thread.
 */
public final class Ledger {
    private static final AtomicInteger RUNS = new AtomicInteger((int) (Ticks.wallMillis() % 1_000_000));

    private final int run = RUNS.incrementAndGet();
    private final ConcurrentHashMap<Long, Account> accounts = new ConcurrentHashMap<>();
    private final List<String> types = Collections.synchronizedList(new ArrayList<>());
    private final ConcurrentHashMap<String, Byte> typeIds = new ConcurrentHashMap<>();
    private final List<Discard> discards = Collections.synchronizedList(new ArrayList<>());
    private final AtomicLong generated = new AtomicLong();
    private final AtomicLong unowed = new AtomicLong();
    private final AtomicLong discarded = new AtomicLong();

    /** What is owed for one guild. */
    static final class Account {
        private byte[] typeOf = new byte[64];
        private int last;
        private final Bits discarded = new Bits();

        synchronized int next(byte type) {
            last++;
            if (last >= typeOf.length) {
                typeOf = Arrays.copyOf(typeOf, typeOf.length + (typeOf.length >> 1));
            }
            typeOf[last] = type;
            return last;
        }

        synchronized boolean discard(int number) {
            return discarded.add(number);
        }

        synchronized int last() {
            return last;
        }

        synchronized byte type(int number) {
            return typeOf[number];
        }

        synchronized boolean isDiscarded(int number) {
            return discarded.contains(number);
        }
    }

    /** Distinguishes this ledger's markers from those of other runs. */
    public int run() {
        return run;
    }

    /** Notes one owed event and returns its number within the guild. */
    public int owe(long guildId, byte typeId) {
        generated.incrementAndGet();
        return account(guildId).next(typeId);
    }

    /** Notes that an event happened while no session was there to get it. */
    public void noteUnowed() {
        unowed.incrementAndGet();
    }

    /** Notes that Discord itself gave the event up, with the session that held it. */
    public void discard(String session, long sequence, long guildId, int number) {
        if (account(guildId).discard(number)) {
            discarded.incrementAndGet();
            discards.add(new Discard(session, sequence, new Marker(run, guildId, number)));
        }
    }

    /** Every event that Discord gave up, in the order in which it did so. */
    public List<Discard> discards() {
        synchronized (discards) {
            return List.copyOf(discards);
        }
    }

    /**
     * An event that Discord gave up, whether or not the client had received it.
     *
     * @param session that died with it
     * @param sequence its sequence there
     * @param event which one
     */
    public record Discard(String session, long sequence, Marker event) {}

    /** A small id for the event's type; at most 127 types. */
    public byte typeId(String type) {
        return typeIds.computeIfAbsent(type, added -> {
            synchronized (types) {
                if (types.size() > Byte.MAX_VALUE) {
                    throw new IllegalStateException("more than 127 event types in one ledger: " + added);
                }
                types.add(added);
                return (byte) (types.size() - 1);
            }
        });
    }

    /** The type of an event that this ledger owes; empty for a marker it never gave out. */
    String typeOf(Marker marker) {
        Account account = accounts.get(marker.guildId());
        return account == null || marker.number() > account.last() ? "" : typeName(account.type(marker.number()));
    }

    String typeName(byte id) {
        return types.get(id);
    }

    /** Owed events so far. */
    public long generated() {
        return generated.get();
    }

    /** Events that happened while no session matched them; they have no number and no audit expects them. */
    public long unowed() {
        return unowed.get();
    }

    /** Owed events that Discord gave up, whether or not the client had received them. */
    public long discardedByDiscord() {
        return discarded.get();
    }

    /** An audit of everything this ledger ever owes, whatever its type. */
    public Audit audit() {
        return new Audit(this, Set.of(), Set.of());
    }

    /** An audit that expects only these event types, for a consumer that subscribed to nothing else. */
    public Audit audit(Collection<String> onlyTypes) {
        return new Audit(this, Set.copyOf(onlyTypes), Set.of());
    }

    private Account account(long guildId) {
        return accounts.computeIfAbsent(guildId, id -> new Account());
    }

    ConcurrentHashMap<Long, Account> accounts() {
        return accounts;
    }
}
