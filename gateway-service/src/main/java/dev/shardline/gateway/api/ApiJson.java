package dev.shardline.gateway.api;

import dev.shardline.contract.command.CommandCodec;
import dev.shardline.contract.command.RawJson;
import dev.shardline.gateway.api.access.Problem;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.converter.AbstractHttpMessageConverter;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/**
 * The API's JSON: snake case, strictly read, at most {@value CommandCodec#MAX_COMMAND_BYTES} bytes, and a mistake is
 * answered with the field's name. Only for types of this package, whatever else the application does with JSON.
 */
public final class ApiJson extends AbstractHttpMessageConverter<Object> {
    private static final String OURS = ApiJson.class.getPackageName();

    private final JsonMapper json = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .addModule(new SimpleModule().addSerializer(RawJson.class, new Raw()))
            .build();

    /** Reads and writes JSON. */
    public ApiJson() {
        super(MediaType.APPLICATION_JSON, MediaType.APPLICATION_PROBLEM_JSON);
    }

    /** The way of writing, for those that write outside of controllers. */
    public JsonMapper mapper() {
        return json;
    }

    @Override
    protected boolean supports(Class<?> type) {
        return type.getPackageName().equals(OURS) || type == Problem.class;
    }

    @Override
    protected Object readInternal(Class<?> type, HttpInputMessage message) throws IOException {
        byte[] body = message.getBody().readNBytes(CommandCodec.MAX_COMMAND_BYTES + 1);
        if (body.length > CommandCodec.MAX_COMMAND_BYTES) {
            throw new ApiException(
                    HttpStatus.CONTENT_TOO_LARGE,
                    "too-large",
                    "The body must be at most " + CommandCodec.MAX_COMMAND_BYTES + " bytes.");
        }
        try {
            Object value = json.readValue(body, type);
            if (value == null) {
                throw invalid("body", "must be an object, was null");
            }
            return value;
        } catch (UnrecognizedPropertyException e) {
            throw invalid(
                    path(e),
                    "is not known here; known are "
                            + e.getKnownPropertyIds().stream()
                                    .map(Object::toString)
                                    .sorted()
                                    .collect(Collectors.joining(", ")));
        } catch (StreamReadException e) {
            throw invalid(
                    path(e),
                    "is not JSON at line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr()
                            + (e.getOriginalMessage().startsWith("Duplicate") ? ": a property is there twice" : ""));
        } catch (DatabindException e) {
            throw invalid(path(e), reason(e));
        } catch (JacksonException e) {
            throw invalid(path(e), "is nested too deeply, or holds a number or text that is too long");
        }
    }

    /** What a constructor had to say, else only where it was: messages of the parser quote Java classes. */
    private static String reason(JacksonException e) {
        Throwable cause = e.getCause();
        return cause instanceof IllegalArgumentException && cause.getMessage() != null
                ? cause.getMessage()
                : "does not have the right type, or is missing";
    }

    private static String path(JacksonException e) {
        List<JacksonException.Reference> path = e.getPath();
        StringBuilder text = new StringBuilder();
        for (JacksonException.Reference step : path) {
            if (step.getPropertyName() == null) {
                text.append('[').append(step.getIndex()).append(']');
            } else {
                text.append(text.isEmpty() ? "" : ".").append(Words.clean(step.getPropertyName()));
            }
        }
        return text.isEmpty() ? "body" : text.toString();
    }

    private static ApiException invalid(String field, String reason) {
        return new ApiException(HttpStatus.BAD_REQUEST, "invalid-body", field + " " + reason).with("field", field);
    }

    @Override
    protected void writeInternal(Object value, HttpOutputMessage message) throws IOException {
        byte[] body = json.writeValueAsBytes(value);
        message.getHeaders().setContentLength(body.length);
        message.getBody().write(body);
    }

    /** What Discord sent goes out byte for byte. */
    private static final class Raw extends ValueSerializer<RawJson> {
        @Override
        public void serialize(RawJson value, JsonGenerator generator, SerializationContext context) {
            generator.writeRawValue(value.toString());
        }
    }
}
