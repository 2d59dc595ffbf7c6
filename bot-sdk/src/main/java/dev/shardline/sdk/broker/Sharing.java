package dev.shardline.sdk.broker;

import dev.shardline.sdk.balance.Owners;
import dev.shardline.sdk.layout.Part;
import dev.shardline.sdk.time.Timers;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Brings each partition to the instance that owns it, by request.
 *
 * <p>All consumers of a partition queue have the same priority, so they stand in a line: when the active one goes, in whatever
 * way, the broker makes the one active that has waited longest. No consumer ever waits that outranks the active one, which is
 * when RabbitMQ 4.3 keeps a dead one, see {@link QueueSession#giveBack}.
 *
 * <p>An owner that has registered says so in its greetings: its <em>claim</em>. Every other instance that may stand before it
 * in the line closes its channel and registers again, behind it: those that wait in the order in which they stand in for the
 * owner, the active one last, in a moment in which it holds nothing or after {@link #PATIENCE}. Each does so once for each
 * claim, so a wrong or a late one moves a partition once and no more. Order and delivery depend on none of this: that an
 * instance is right about the others costs balance only.
 *
 * <p>Confined to control.
 */
final class Sharing {
    /** How far apart the instances register again that wait for the same partition. */
    static final Duration STEP = Duration.ofMillis(50);

    /** From the first to the last of them, however many they are. */
    private static final Duration LINING_UP = Duration.ofMillis(1_500);

    /** How long the active one may wait for a moment in which it holds nothing. */
    static final Duration PATIENCE = Duration.ofSeconds(1);

    /** Attempts that run no longer than that are not waited for. */
    private static final Duration BRIEF = Duration.ofMillis(100);

    /** A registration that follows the loss of a channel is claimed when it has lasted so long: others close theirs for it. */
    static final Duration LASTING = Duration.ofSeconds(5);

    private final Set<String> events;
    private final int prefetch;
    private final Company company;
    private final Timers timers;
    private final Consumer<Runnable> control;
    private final Consumer<Feed> reopen;
    private final Owners owners;
    private final String process = UUID.randomUUID().toString().substring(0, 8) + '-';
    private int registrations;
    private long linedUpAt;
    private boolean linedUp;

    /**
     * Knows nobody yet.
     *
     * @param events what this instance handles; none for everything
     * @param prefetch the window of its consumers
     * @param reopen closes the channel of a feed, in order, and registers anew
     */
    Sharing(
            String self,
            Set<String> events,
            int prefetch,
            Company company,
            Timers timers,
            Consumer<Runnable> control,
            Consumer<Feed> reopen) {
        this.owners = new Owners(self);
        this.events = events;
        this.prefetch = prefetch;
        this.company = company;
        this.timers = timers;
        this.control = control;
        this.reopen = reopen;
    }

    /** Whether {@link #among} was called. */
    boolean known() {
        return owners.known();
    }

    boolean owns(Part part) {
        return owners.own(part.partition(), part.partitions());
    }

    /** From now on these share the partitions. */
    void among(Set<String> instances, Collection<Feed> feeds) {
        owners.among(instances);
        for (Feed feed : feeds) {
            feed.owner = feed.part != null && owns(feed.part);
        }
    }

    /** A consumer of the feed is about to be registered: whoever has claimed the partition by now stands before it. */
    void registering(Feed feed) {
        feed.registration = process + ++registrations;
        feed.behind = claimOn(feed);
        if (feed.lostAt != null) {
            feed.lostAt = timers.nanos();
        }
        feed.priority = 0;
    }

    /** What this instance owns and has registered for: names of queues, and what is new with each registration. */
    Map<String, String> claims(Collection<Feed> feeds) {
        Map<String, String> claims = new LinkedHashMap<>();
        for (Feed feed : feeds) {
            if (feed.owner && !feed.aside && feed.isOpen() && hasLasted(feed)) {
                claims.put(feed.name(), feed.registration);
            }
        }
        return claims;
    }

    private boolean hasLasted(Feed feed) {
        Long lost = feed.lostAt;
        if (lost != null && timers.nanos() - lost < LASTING.toNanos()) {
            return false;
        }
        feed.lostAt = null;
        return true;
    }

    /** The claim of whoever owns the partition; empty when it has made none, or this instance owns it. */
    private String claimOn(Feed feed) {
        Part part = feed.part;
        if (part == null || feed.owner || !owners.known()) {
            return "";
        }
        return company.claim(owners.of(part.partition(), part.partitions()), feed.name());
    }

    /** Lets go of what others own and wait for. To be called whenever something was heard. */
    void makeRoom(Collection<Feed> feeds) {
        for (Feed feed : feeds) {
            QueueSession session = feed.session;
            if (session != null && feed.request == null && isInTheWay(feed)) {
                Request request = new Request(feed, session, claimOn(feed));
                feed.request = request;
                timers.schedule(delay(feed, session), () -> control.accept(() -> giveWayWhenEmpty(request)));
            }
        }
    }

    /** What one claim asks of one session. */
    static final class Request {
        private final Feed feed;
        private final QueueSession session;
        private final String claim;
        /** Since when it is waited for a moment in which no attempt has been running for long, nanoseconds. */
        private long since;

        private Request(Feed feed, QueueSession session, String claim) {
            this.feed = feed;
            this.session = session;
            this.claim = claim;
        }
    }

    /** Whether the owner waits and may wait behind this one. */
    private boolean isInTheWay(Feed feed) {
        Part part = feed.part;
        String claim = claimOn(feed);
        return part != null
                && feed.isOpen()
                && !feed.opening
                && !claim.isEmpty()
                && !claim.equals(feed.behind)
                // Otherwise it would have to step aside for what it does not handle,
                && company.handlesAll(owners.of(part.partition(), part.partitions()), events)
                // or would take only a part of what is given back; RabbitMQ also prefers larger windows to longer
                // waits.
                && company.takes(owners.of(part.partition(), part.partitions()), prefetch);
    }

    /** The active one lets the others register first, or one of them would become active, and not the owner. */
    private Duration delay(Feed feed, QueueSession session) {
        int others = Math.max(1, owners.count() - 1);
        Part part = feed.part;
        int place = session.isActive() || part == null
                ? others
                : Math.min(others, owners.place(part.partition(), part.partitions()));
        Duration step = STEP.multipliedBy(others).compareTo(LINING_UP) > 0 ? LINING_UP.dividedBy(others) : STEP;
        return step.multipliedBy(place);
    }

    private void giveWayWhenEmpty(Request request) {
        if (request.session.whenEmpty(() -> control.accept(() -> giveWay(request)))) {
            request.since = timers.nanos() + PATIENCE.toNanos();
            timers.schedule(PATIENCE, () -> control.accept(() -> giveWayWhenBrief(request)));
        } else {
            giveWay(request);
        }
    }

    /**
     * Nothing of the partition is begun from the end on until all that runs has ended. So attempts that have been running for
     * long are waited for, the longer the more others were; a handler that hangs keeps its own guild only.
     */
    private void giveWayWhenBrief(Request request) {
        if (!feedHas(request)) {
            return;
        }
        if (!isInForce(request)) {
            request.session.goOn();
            giveWay(request);
            return;
        }
        request.session.stopWhenBrief(() -> tolerable(request), () -> control.accept(() -> giveWay(request)));
        // Attempts end seldom, perhaps, and what is tolerable grows meanwhile; and the claim may be withdrawn.
        timers.schedule(PATIENCE, () -> control.accept(() -> giveWayWhenBrief(request)));
    }

    private long tolerable(Request request) {
        return Math.max(BRIEF.toNanos(), (timers.nanos() - request.since) / 2);
    }

    private static boolean feedHas(Request request) {
        return request.feed.request == request;
    }

    private boolean isInForce(Request request) {
        return feedHas(request) && request.claim.equals(claimOn(request.feed));
    }

    private void giveWay(Request request) {
        if (!feedHas(request)) {
            return;
        }
        request.feed.request = null;
        if (request.session.isStopped() || (request.claim.equals(claimOn(request.feed)) && isInTheWay(request.feed))) {
            reopen.accept(request.feed);
        }
    }

    /**
     * Whether everything that this instance consumes, which leaves, is claimed by another one, and those have had the time to
     * let the owners go first.
     */
    boolean isLinedUp(Collection<Feed> feeds) {
        boolean claimed = feeds.stream()
                .filter(feed -> feed.part != null && feed.session != null)
                .noneMatch(feed -> claimOn(feed).isEmpty());
        if (!claimed) {
            linedUp = false;
        } else if (!linedUp) {
            linedUp = true;
            Duration step = STEP.multipliedBy(owners.count());
            linedUpAt = timers.nanos() + (step.compareTo(LINING_UP) > 0 ? LINING_UP : step).toNanos();
        }
        return linedUp && linedUpAt - timers.nanos() <= 0;
    }
}
