package dev.shardline.broker.server;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.LongString;
import com.rabbitmq.client.UnknownClassOrMethodId;
import com.rabbitmq.client.impl.AMQImpl;
import com.rabbitmq.client.impl.Method;
import dev.shardline.broker.wire.AmqpException;
import dev.shardline.broker.wire.FieldTables;
import dev.shardline.broker.wire.Output;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One client's socket: handshake, frames in, frames out, and its end. Confined to the broker's thread. */
final class ClientConnection implements EventLoop.Ready {
    private static final Logger log = LoggerFactory.getLogger(ClientConnection.class);

    static final int CHANNEL_MAX = 2047;
    static final int FRAME_MAX = 131_072;
    private static final int FRAME_MIN = 8_192;
    private static final int HANDSHAKE_FRAME_MAX = 8_192;
    private static final int HEARTBEAT_SECONDS = 60;
    private static final int HANDSHAKE_MILLIS = 10_000;
    private static final int CLOSE_MILLIS = 5_000;
    private static final int STOP_DELIVERING = 1024 * 1024;
    private static final int INITIAL_INPUT = 16 * 1024;
    private static final int READS_PER_ROUND = 4;
    private static final int FRAME_END = 0xCE;
    private static final byte[] PROTOCOL_HEADER = {'A', 'M', 'Q', 'P', 0, 0, 9, 1};

    private enum State {
        HEADER,
        START_OK,
        TUNE_OK,
        OPEN,
        RUNNING,
        /** We sent {@code connection.close} and wait for its answer. */
        CLOSING,
        ENDED
    }

    private final Server server;
    private final SocketChannel socket;
    private final SelectionKey key;
    private final Output output = new Output();
    private final Map<Integer, ClientChannel> channels = new HashMap<>();
    private byte[] input = new byte[INITIAL_INPUT];
    private int inputStart;
    private int inputEnd;
    private State state = State.HEADER;
    private int channelMax = CHANNEL_MAX;
    private int frameMax = HANDSHAKE_FRAME_MAX;
    private Map<String, Object> capabilities = Map.of();
    private String user = "";
    private @Nullable VirtualHost virtualHost;
    private boolean publishes;
    private boolean blockedByAlarm;
    private boolean toldBlocked;
    private boolean waitsForDisk;
    private boolean flushQueued;
    private boolean endAfterFlush;
    private boolean deliveriesStopped;
    private long lastRead;
    private long lastWritten;

    ClientConnection(Server server, SocketChannel socket, SelectionKey key) {
        this.server = server;
        this.socket = socket;
        this.key = key;
        this.lastRead = server.loop().nanos();
        server.loop().after(HANDSHAKE_MILLIS, () -> {
            if (state != State.RUNNING && state != State.CLOSING) {
                end("no handshake within " + HANDSHAKE_MILLIS + " ms");
            }
        });
    }

    // What channels need

    Output output() {
        if (!flushQueued) {
            flushQueued = true;
            server.flushLater(this);
        }
        return output;
    }

    Server server() {
        return server;
    }

    int frameMax() {
        return frameMax;
    }

    String user() {
        return user;
    }

    VirtualHost virtualHost() {
        VirtualHost opened = virtualHost;
        if (opened == null) {
            throw AmqpException.commandInvalid("connection is not open");
        }
        return opened;
    }

    boolean can(String capability) {
        return Boolean.TRUE.equals(capabilities.get(capability));
    }

    /** Whether more may be delivered: the socket keeps up, and the connection lives. */
    boolean takesDeliveries() {
        if (state != State.RUNNING) {
            return false;
        }
        if (output.size() > STOP_DELIVERING) {
            deliveriesStopped = true;
            return false;
        }
        return true;
    }

    /** A {@code basic.publish} has begun. */
    void publishing() {
        publishes = true;
        if (server.alarmed()) {
            blockedByAlarm = true;
            tellBlocked();
        } else if (server.diskBehind()) {
            waitsForDisk = true;
        }
    }

    void closed(int channel) {
        channels.remove(channel);
    }

    // Alarms and back-pressure

    void alarmRaised() {
        if (publishes) {
            tellBlocked();
        }
    }

    private void tellBlocked() {
        if (!toldBlocked && state == State.RUNNING && can("connection.blocked")) {
            toldBlocked = true;
            send(new AMQP.Connection.Blocked.Builder()
                    .reason(server.alarmReason())
                    .build());
        }
    }

    void alarmCleared() {
        if (toldBlocked) {
            toldBlocked = false;
            if (state == State.RUNNING) {
                send(new AMQP.Connection.Unblocked.Builder().build());
            }
        }
        resumeReading();
    }

    /** The disk has caught up, or the alarm is over. */
    void resumeReading() {
        if (paused() && !server.alarmed() && !server.diskBehind()) {
            blockedByAlarm = false;
            waitsForDisk = false;
            lastRead = server.loop().nanos();
            server.loop().execute(() -> {
                if (state != State.ENDED) {
                    consumeInput();
                    updateInterest();
                }
            });
        }
    }

    private boolean paused() {
        return blockedByAlarm || waitsForDisk;
    }

    // The socket

    @Override
    public void ready(SelectionKey ready) throws IOException {
        try {
            if (ready.isValid() && ready.isWritable()) {
                flush();
            }
            if (state != State.ENDED && ready.isValid() && ready.isReadable()) {
                read();
            }
        } catch (IOException e) {
            end(e.toString());
        }
    }

    private void read() throws IOException {
        for (int i = 0; i < READS_PER_ROUND && state != State.ENDED && !paused(); i++) {
            makeRoom();
            int wanted = input.length - inputEnd;
            int count = socket.read(ByteBuffer.wrap(input, inputEnd, wanted));
            if (count < 0) {
                end("the client closed the socket");
                return;
            }
            if (count == 0) {
                return;
            }
            lastRead = server.loop().nanos();
            inputEnd += count;
            consumeInput();
            if (count < wanted) {
                return;
            }
        }
        updateInterest();
    }

    private void makeRoom() {
        if (inputStart == inputEnd) {
            inputStart = 0;
            inputEnd = 0;
        }
        if (inputEnd < input.length) {
            return;
        }
        int used = inputEnd - inputStart;
        byte[] target = used > input.length / 2 ? new byte[Math.min(input.length * 2, FRAME_MAX + 64)] : input;
        if (target.length <= used) {
            target = new byte[used * 2];
        }
        System.arraycopy(input, inputStart, target, 0, used);
        input = target;
        inputStart = 0;
        inputEnd = used;
    }

    private void updateInterest() {
        if (!key.isValid()) {
            return;
        }
        int interest = (paused() ? 0 : SelectionKey.OP_READ) | (output.size() > 0 ? SelectionKey.OP_WRITE : 0);
        if (key.interestOps() != interest) {
            key.interestOps(interest);
        }
    }

    /** Writes what the socket takes. */
    void flush() {
        flushQueued = false;
        if (state == State.ENDED) {
            return;
        }
        try {
            boolean empty = output.writeTo(socket);
            if (empty && endAfterFlush) {
                end("closed");
                return;
            }
        } catch (IOException e) {
            end(e.toString());
            return;
        }
        updateInterest();
        if (deliveriesStopped && output.size() < STOP_DELIVERING / 4) {
            deliveriesStopped = false;
            for (ClientChannel channel : List.copyOf(channels.values())) {
                channel.dispatchAll();
            }
        }
    }

    // Frames

    private void consumeInput() {
        try {
            if (state == State.HEADER && !consumeProtocolHeader()) {
                return;
            }
            while (!paused() && state != State.ENDED && inputEnd - inputStart >= 7) {
                int type = input[inputStart];
                int channel = ((input[inputStart + 1] & 0xFF) << 8) | (input[inputStart + 2] & 0xFF);
                int size = ByteBuffer.wrap(input, inputStart + 3, 4).getInt();
                if (size < 0 || size > frameMax - 8) {
                    throw AmqpException.frameError("type " + type + ", " + (size & 0xFFFFFFFFL)
                            + " octets = frame too large, at most " + (frameMax - 8) + " are allowed");
                }
                if (inputEnd - inputStart < size + 8) {
                    ensureCapacity(size + 8);
                    return;
                }
                int from = inputStart + 7;
                if ((input[from + size] & 0xFF) != FRAME_END) {
                    throw AmqpException.frameError(
                            "frame end octet is " + (input[from + size] & 0xFF) + " instead of " + FRAME_END);
                }
                inputStart += size + 8;
                frame(type, channel, from, size);
            }
        } catch (AmqpException e) {
            fail(e, 0, 0);
        } catch (RuntimeException e) {
            log.error("connection {}: {}", remote(), e.toString(), e);
            fail(AmqpException.internalError(e.toString()), 0, 0);
        }
    }

    private void ensureCapacity(int wanted) {
        if (input.length - inputStart >= wanted) {
            return;
        }
        int used = inputEnd - inputStart;
        byte[] target = input.length >= wanted ? input : new byte[Math.max(wanted, input.length * 2)];
        System.arraycopy(input, inputStart, target, 0, used);
        input = target;
        inputStart = 0;
        inputEnd = used;
    }

    private boolean consumeProtocolHeader() {
        int available = Math.min(inputEnd - inputStart, PROTOCOL_HEADER.length);
        for (int i = 0; i < available; i++) {
            if (input[inputStart + i] != PROTOCOL_HEADER[i]) {
                output().bytes(PROTOCOL_HEADER);
                endAfterFlush = true;
                inputStart = inputEnd;
                return false;
            }
        }
        if (available < PROTOCOL_HEADER.length) {
            return false;
        }
        inputStart += PROTOCOL_HEADER.length;
        state = State.START_OK;
        send(new AMQP.Connection.Start.Builder()
                .versionMajor(0)
                .versionMinor(9)
                .serverProperties(ServerProperties.table())
                .mechanisms("PLAIN")
                .locales("en_US")
                .build());
        return true;
    }

    private void frame(int type, int channel, int from, int size) {
        switch (type) {
            case AMQP.FRAME_METHOD -> methodFrame(channel, from, size);
            case AMQP.FRAME_HEADER, AMQP.FRAME_BODY -> contentFrame(type, channel, from, size);
            case AMQP.FRAME_HEARTBEAT -> {
                if (channel != 0) {
                    throw AmqpException.frameError("heartbeat on channel " + channel);
                }
            }
            default -> throw AmqpException.frameError("type " + type + " is no frame type");
        }
    }

    private void contentFrame(int type, int number, int from, int size) {
        if (state == State.CLOSING) {
            return;
        }
        ClientChannel channel = channels.get(number);
        if (number == 0 || channel == null) {
            throw AmqpException.unexpectedFrame("content frame on channel " + number + ", which is not open");
        }
        guarded(channel, 60, 40, () -> {
            if (type == AMQP.FRAME_HEADER) {
                channel.header(input, from, size);
            } else {
                channel.body(input, from, size);
            }
        });
    }

    private void methodFrame(int number, int from, int size) {
        if (size < 4) {
            throw AmqpException.frameError("method frame of " + size + " octets");
        }
        int classId = ((input[from] & 0xFF) << 8) | (input[from + 1] & 0xFF);
        int methodId = ((input[from + 2] & 0xFF) << 8) | (input[from + 3] & 0xFF);
        if (state == State.CLOSING) {
            if (classId == 10 && methodId == 51) {
                end("closed");
            } else if (classId == 10 && methodId == 50) {
                send(new AMQP.Connection.CloseOk.Builder().build());
                endAfterFlush = true;
            }
            return;
        }
        ClientChannel channel = channels.get(number);
        if (channel != null && classId == 60) {
            if (methodId == 40) {
                guarded(channel, classId, methodId, () -> channel.publish(input, from + 4, size - 4));
                return;
            }
            if (methodId == 80 && size == 13) {
                guarded(channel, classId, methodId, () -> {
                    long tag = ByteBuffer.wrap(input, from + 4, 8).getLong();
                    channel.ack(tag, (input[from + 12] & 1) != 0);
                });
                return;
            }
        }
        FieldTables.checkArguments(classId, methodId, input, from + 4, from + size);
        Method method;
        try {
            method = AMQImpl.readMethodFrom(new DataInputStream(new ByteArrayInputStream(input, from, size)));
        } catch (UnknownClassOrMethodId e) {
            throw AmqpException.commandInvalid("unknown method " + classId + "/" + methodId);
        } catch (IOException | RuntimeException e) {
            throw AmqpException.syntaxError("malformed arguments of method " + classId + "/" + methodId);
        }
        if (number == 0) {
            if (classId != 10) {
                throw AmqpException.commandInvalid(
                        method.protocolMethodName() + " belongs on a channel, not on channel 0");
            }
            connectionMethod(method);
        } else if (classId == 10) {
            throw AmqpException.commandInvalid(
                    method.protocolMethodName() + " belongs on channel 0, not on channel " + number);
        } else {
            channelMethod(number, channel, method);
        }
    }

    private void channelMethod(int number, @Nullable ClientChannel channel, Method method) {
        if (state != State.RUNNING) {
            throw AmqpException.commandInvalid(method.protocolMethodName() + " before connection.open");
        }
        if (method instanceof AMQP.Channel.Open) {
            if (channel != null) {
                throw AmqpException.channelError("second 'channel.open' seen");
            }
            if (channels.size() >= channelMax) {
                throw AmqpException.notAllowed("number of channels opened (" + channels.size()
                        + ") has reached the negotiated channel_max (" + channelMax + ")");
            }
            channels.put(number, new ClientChannel(this, virtualHost(), number));
            output().method(number, Methods.of(new AMQP.Channel.OpenOk.Builder().build()));
        } else if (channel != null) {
            guarded(channel, method.protocolClassId(), method.protocolMethodId(), () -> channel.method(method));
        } else if (!(method instanceof AMQP.Channel.CloseOk) && !(method instanceof AMQP.Channel.Close)) {
            throw AmqpException.channelError("expected 'channel.open'");
        } else if (method instanceof AMQP.Channel.Close) {
            output().method(number, Methods.of(new AMQP.Channel.CloseOk.Builder().build()));
        }
    }

    /** Runs one step of a channel; an error that AMQP confines to the channel closes only that. */
    private void guarded(ClientChannel channel, int classId, int methodId, Runnable step) {
        try {
            step.run();
        } catch (AmqpException e) {
            if (e.scope() == AmqpException.Scope.CHANNEL) {
                channel.fail(e, classId, methodId);
            } else {
                fail(e, classId, methodId);
            }
        }
    }

    // Handshake. See AMQP 0-9-1 section 2.2.4, "Connection Class".

    private void connectionMethod(Method method) {
        if (method instanceof AMQP.Connection.StartOk startOk && state == State.START_OK) {
            startOk(startOk);
        } else if (method instanceof AMQP.Connection.TuneOk tuneOk && state == State.TUNE_OK) {
            tuneOk(tuneOk);
        } else if (method instanceof AMQP.Connection.Open open && state == State.OPEN) {
            virtualHost = server.virtualHost(open.getVirtualHost());
            state = State.RUNNING;
            send(new AMQP.Connection.OpenOk.Builder().build());
        } else if (method instanceof AMQP.Connection.Close) {
            releaseAll();
            send(new AMQP.Connection.CloseOk.Builder().build());
            state = State.CLOSING;
            endAfterFlush = true;
        } else if (method instanceof AMQP.Connection.UpdateSecret && state == State.RUNNING) {
            send(new AMQP.Connection.UpdateSecretOk.Builder().build());
        } else {
            throw AmqpException.commandInvalid("unexpected " + method.protocolMethodName());
        }
    }

    private void startOk(AMQP.Connection.StartOk startOk) {
        if (startOk.getClientProperties().get("capabilities") instanceof Map<?, ?> offered) {
            Map<String, Object> copy = new HashMap<>();
            offered.forEach((name, value) -> copy.put(String.valueOf(name), value));
            capabilities = copy;
        }
        if (!startOk.getMechanism().equals("PLAIN")) {
            throw AmqpException.loginRefused("Login was refused using authentication mechanism "
                    + startOk.getMechanism() + ": only PLAIN is known");
        }
        LongString response = startOk.getResponse();
        String[] parts = new String(response.getBytes(), StandardCharsets.UTF_8).split("\0", -1);
        if (parts.length != 3 || !server.mayLogIn(parts[1], parts[2])) {
            AmqpException refused = AmqpException.loginRefused(
                    "Login was refused using authentication mechanism PLAIN. For details see the broker logfile.");
            log.warn("connection {}: login of user '{}' was refused", remote(), parts.length == 3 ? parts[1] : "");
            if (!can("authentication_failure_close")) {
                end(refused.text());
                return;
            }
            throw refused;
        }
        user = parts[1];
        state = State.TUNE_OK;
        send(new AMQP.Connection.Tune.Builder()
                .channelMax(CHANNEL_MAX)
                .frameMax(FRAME_MAX)
                .heartbeat(HEARTBEAT_SECONDS)
                .build());
    }

    private void tuneOk(AMQP.Connection.TuneOk tuneOk) {
        int frames = tuneOk.getFrameMax();
        int numbers = tuneOk.getChannelMax();
        if (frames != 0 && frames < FRAME_MIN) {
            throw AmqpException.notAllowed("failed to negotiate connection parameters: negotiated frame_max = " + frames
                    + " is lower than the minimum allowed value (" + FRAME_MIN + ")");
        }
        if (frames == 0 || frames > FRAME_MAX) {
            throw tooHigh("frame_max", frames, FRAME_MAX);
        }
        if (numbers == 0 || numbers > CHANNEL_MAX) {
            throw tooHigh("channel_max", numbers, CHANNEL_MAX);
        }
        frameMax = frames;
        channelMax = numbers;
        state = State.OPEN;
        if (tuneOk.getHeartbeat() > 0) {
            scheduleHeartbeat(tuneOk.getHeartbeat() * 1000L);
        }
    }

    private static AmqpException tooHigh(String parameter, int value, int most) {
        return AmqpException.notAllowed("failed to negotiate connection parameters: negotiated " + parameter + " = "
                + value + (value == 0 ? " (no limit)" : "") + " is higher than the maximum allowed value (" + most
                + ")");
    }

    private void scheduleHeartbeat(long intervalMillis) {
        server.loop().after(intervalMillis / 2, () -> {
            if (state == State.ENDED) {
                return;
            }
            if (!paused() && server.loop().nanos() - lastRead > 2 * intervalMillis * 1_000_000L) {
                end("missed heartbeats from client, timeout: " + intervalMillis / 1000 + "s");
                return;
            }
            if (output.written() == lastWritten && output.size() == 0) {
                output().heartbeat();
            }
            lastWritten = output.written();
            scheduleHeartbeat(intervalMillis);
        });
    }

    private void send(com.rabbitmq.client.Method method) {
        output().method(0, Methods.of(method));
    }

    // The end

    /** Closes the connection with an error. */
    void fail(AmqpException error, int classId, int methodId) {
        if (state == State.CLOSING || state == State.ENDED) {
            return;
        }
        log.warn("connection {} closes with {}: {}", remote(), error.code(), error.text());
        boolean early = state == State.HEADER;
        releaseAll();
        state = State.CLOSING;
        if (early) {
            end(error.text());
            return;
        }
        send(new AMQP.Connection.Close.Builder()
                .replyCode(error.code())
                .replyText(error.text())
                .classId(classId)
                .methodId(methodId)
                .build());
        server.loop().after(CLOSE_MILLIS, () -> end("no answer to connection.close"));
    }

    private void releaseAll() {
        if (state == State.CLOSING || state == State.ENDED) {
            return;
        }
        state = State.CLOSING;
        for (ClientChannel channel : new ArrayList<>(channels.values())) {
            channel.release();
        }
        channels.clear();
        VirtualHost opened = virtualHost;
        if (opened != null) {
            opened.deleteOwnedBy(this);
        }
    }

    /** The only way a socket ends. */
    void end(String why) {
        if (state == State.ENDED) {
            return;
        }
        log.debug("connection {} has ended: {}", remote(), why);
        releaseAll();
        state = State.ENDED;
        key.cancel();
        try {
            socket.close();
        } catch (IOException e) {
            log.debug("closing a socket failed: {}", e.toString());
        }
        server.ended(this);
    }

    private String remote() {
        return String.valueOf(socket.socket().getRemoteSocketAddress());
    }
}
