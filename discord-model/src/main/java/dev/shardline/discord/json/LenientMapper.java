package dev.shardline.discord.json;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamContext;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.deser.DeserializationProblemHandler;
import tools.jackson.databind.deser.ValueInstantiator;
import tools.jackson.databind.deser.jdk.NumberDeserializers;
import tools.jackson.databind.deser.std.StdScalarDeserializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.type.LogicalType;

/**
 * A mapper to which nothing that is JSON is an error: what cannot be read as its type becomes null.
 *
 * <p>Needed because one retyped field would otherwise lose a whole event: {@code GUILD_CREATE}s have vanished over a
 * new activity type.
 */
final class LenientMapper extends DeserializationProblemHandler {
    /** Attribute of a call: the list to which pointers of lost values are added. */
    static final String LOST = LenientMapper.class.getName() + ".lost";

    private LenientMapper() {}

    static JsonMapper create() {
        return JsonMapper.builder()
                .disable(
                        DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                        DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                // Coercions fail without asking the problem handler, so each is decided here.
                .withCoercionConfigDefaults(coercions -> {
                    for (CoercionInputShape shape : CoercionInputShape.values()) {
                        coercions.setCoercion(shape, CoercionAction.TryConvert);
                    }
                    coercions.setCoercion(CoercionInputShape.EmptyString, CoercionAction.AsNull);
                    // Anything but Fail makes some readers step into the array before they ask the handler.
                    coercions.setCoercion(CoercionInputShape.EmptyArray, CoercionAction.Fail);
                })
                .withCoercionConfig(
                        LogicalType.Integer,
                        coercions -> coercions
                                .setCoercion(CoercionInputShape.Boolean, CoercionAction.AsNull)
                                .setCoercion(CoercionInputShape.EmptyString, CoercionAction.AsNull))
                .withCoercionConfig(
                        LogicalType.Float,
                        coercions -> coercions
                                .setCoercion(CoercionInputShape.Boolean, CoercionAction.AsNull)
                                .setCoercion(CoercionInputShape.EmptyString, CoercionAction.AsNull))
                .withCoercionConfig(
                        LogicalType.Boolean,
                        coercions -> coercions
                                .setCoercion(CoercionInputShape.Float, CoercionAction.AsNull)
                                .setCoercion(CoercionInputShape.EmptyString, CoercionAction.AsNull))
                .addModule(new SimpleModule()
                        .addDeserializer(Long.class, new LenientLong())
                        .addDeserializer(String.class, new LenientString()))
                .addHandler(new LenientMapper())
                .build();
    }

    @Override
    public @Nullable Object handleUnexpectedToken(
            DeserializationContext context,
            JavaType type,
            JsonToken token,
            JsonParser parser,
            @Nullable String message) {
        return lose(context, parser);
    }

    @Override
    public @Nullable Object handleMissingInstantiator(
            DeserializationContext context,
            Class<?> type,
            ValueInstantiator instantiator,
            @Nullable JsonParser parser,
            @Nullable String message) {
        return lose(context, parser == null ? context.getParser() : parser);
    }

    @Override
    public @Nullable Object handleInstantiationProblem(
            DeserializationContext context, Class<?> type, @Nullable Object argument, Throwable problem) {
        return lose(context, context.getParser());
    }

    @Override
    public @Nullable Object handleWeirdStringValue(
            DeserializationContext context, Class<?> type, String value, @Nullable String message) {
        return lose(context, context.getParser());
    }

    @Override
    public @Nullable Object handleWeirdNumberValue(
            DeserializationContext context, Class<?> type, Number value, @Nullable String message) {
        return lose(context, context.getParser());
    }

    @Override
    public @Nullable Object handleWeirdKey(
            DeserializationContext context, Class<?> type, String key, @Nullable String message) {
        note(context, context.getParser().streamReadContext());
        return null;
    }

    /** Notes where the value is and goes to its end. */
    private static @Nullable Object lose(DeserializationContext context, JsonParser parser) {
        TokenStreamContext place = parser.streamReadContext();
        if (parser.currentToken() != JsonToken.PROPERTY_NAME) {
            note(context, place);
            parser.skipChildren();
            return null;
        }
        // The reader of an object has looked at its first name before giving up.
        note(context, place.getParent());
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            parser.skipChildren();
        }
        return null;
    }

    private static void note(DeserializationContext context, TokenStreamContext place) {
        if (context.getAttribute(LOST) instanceof List<?> lost) {
            @SuppressWarnings("unchecked") // only EventBinder sets it
            List<String> pointers = (List<String>) lost;
            String pointer = place.pathAsPointer().toString();
            if (!pointers.contains(pointer)) {
                pointers.add(pointer);
            }
        }
    }

    /** The parser, not the reader of longs, refuses numbers that do not fit, and it does not ask the handler. */
    private static final class LenientLong extends StdScalarDeserializer<Long> {
        private static final double BOUND = 0x1p63;
        private final NumberDeserializers.LongDeserializer others =
                new NumberDeserializers.LongDeserializer(Long.class, null);

        LenientLong() {
            super(Long.class);
        }

        @Override
        public @Nullable Long deserialize(JsonParser parser, DeserializationContext context) {
            JsonToken token = parser.currentToken();
            if (token != JsonToken.VALUE_NUMBER_INT && token != JsonToken.VALUE_NUMBER_FLOAT) {
                return others.deserialize(parser, context);
            }
            boolean fits = token == JsonToken.VALUE_NUMBER_INT
                    ? parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER
                    : Math.abs(parser.getDoubleValue()) < BOUND;
            return fits ? (Long) parser.getValueAsLong() : (Long) lose(context, parser);
        }
    }

    /** Jackson's own reader of string lists steps into nested arrays and does not find out again. */
    private static final class LenientString extends StdScalarDeserializer<String> {
        LenientString() {
            super(String.class);
        }

        @Override
        public @Nullable String deserialize(JsonParser parser, DeserializationContext context) {
            return parser.currentToken().isScalarValue() ? parser.getString() : (String) lose(context, parser);
        }
    }
}
