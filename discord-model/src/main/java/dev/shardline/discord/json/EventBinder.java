package dev.shardline.discord.json;

import dev.shardline.discord.GatewayEvent;
import dev.shardline.discord.event.GatewayEvents;
import dev.shardline.discord.event.UnknownEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/**
 * Binds the raw data of an event, {@code d} of the dispatch, to its record.
 *
 * <p>Only what is not JSON fails, or is not an object where the event is one. A field of an unexpected type becomes
 * null and is reported in {@link Bound#lost}; unknown fields are skipped; elements that cannot be read are left out of
 * their list. Safe for use by many threads; one per process is enough.
 */
public final class EventBinder {
    private static final JsonMapper MAPPER = LenientMapper.create();
    private static final ClassValue<ObjectReader> READERS = new ClassValue<>() {
        @Override
        protected ObjectReader computeValue(Class<?> type) {
            return MAPPER.readerFor(type);
        }
    };

    /** A binder with its own mapper; it neither uses nor changes the application's. */
    public EventBinder() {}

    /**
     * The mapper that the binder uses: for objects of Discord's that are not events, such as answers to HTTP requests,
     * and for writing records as JSON. Immutable.
     */
    public static JsonMapper mapper() {
        return MAPPER;
    }

    /**
     * Binds to a given record.
     *
     * @param type one of {@link GatewayEvents}
     * @param data UTF-8 JSON
     * @throws IllegalArgumentException if the type is not the record of one event
     * @throws EventBindingException if the data is not JSON, or not an object
     */
    public <E extends GatewayEvent> Bound<E> bind(Class<E> type, byte[] data) {
        String name = GatewayEvents.nameOf(type);
        List<String> lost = new ArrayList<>(0);
        E event = type.cast(read(name, type, data, lost));
        if (event == null) {
            throw new EventBindingException(name, "the data is not a JSON object");
        }
        return new Bound<>(event, lost);
    }

    /**
     * Binds to the record of the event with this name, or to {@link UnknownEvent} if there is none.
     *
     * @param data UTF-8 JSON
     * @throws EventBindingException if the data is not JSON, or not an object where the event is one
     */
    public Bound<? extends GatewayEvent> bind(String eventName, byte[] data) {
        Optional<Class<? extends GatewayEvent>> type = GatewayEvents.typeOf(eventName);
        if (type.isPresent()) {
            return bind(type.get(), data);
        }
        List<String> lost = new ArrayList<>(0);
        return new Bound<>(new UnknownEvent(eventName, read(eventName, Object.class, data, lost)), lost);
    }

    private static @Nullable Object read(String name, Class<?> type, byte[] data, List<String> lost) {
        try {
            return READERS.get(type).withAttribute(LenientMapper.LOST, lost).readValue(data);
        } catch (JacksonException invalid) {
            throw new EventBindingException(name, invalid);
        }
    }
}
