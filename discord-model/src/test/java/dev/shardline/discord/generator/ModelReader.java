package dev.shardline.discord.generator;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Merges Discord's description and our overlay. The overlay wins; what the two cannot decide is an error. */
final class ModelReader {
    private static final Pattern TYPE = Pattern.compile("(?:Map<\\w+, (\\w+)>|(\\w+)(?:\\[])?)");
    private static final Set<String> BUILT_IN =
            Set.of("String", "Long", "Double", "Boolean", "Object", "Snowflake", "Timestamp", "Permissions");

    private final JsonNode schemas;
    private final JsonNode overlay;
    /** Our names of the description's schemas. */
    private final Map<String, String> objectNames = new HashMap<>();

    private final Map<String, String> valueNames = new HashMap<>();
    private final Set<String> permissionFields = new LinkedHashSet<>();

    private final Map<String, Model.ObjectRecord> objects = new TreeMap<>();
    private final Map<String, Model.ValueSet> values = new TreeMap<>();
    private final Deque<String> wanted = new ArrayDeque<>();

    private ModelReader(JsonNode description, JsonNode overlay) {
        this.schemas = description.path("components").path("schemas");
        this.overlay = overlay;
        overlay.path("permissionFields").forEach(name -> permissionFields.add(name.asString()));
        overlay.path("objects")
                .forEachEntry((name, object) ->
                        object.path("spec").forEach(schema -> claim(objectNames, schema.asString(), name)));
        overlay.path("values").forEachEntry((name, value) -> {
            if (value.has("spec")) {
                claim(valueNames, value.path("spec").asString(), name);
            }
        });
    }

    /** Reads everything that events need, and nothing else. */
    static Model read(JsonNode description, JsonNode overlay) {
        return new ModelReader(description, overlay).read();
    }

    private Model read() {
        List<Model.Event> events = new ArrayList<>();
        overlay.path("events").forEachEntry((name, event) -> events.add(event(name, event)));
        for (String name = wanted.poll(); name != null; name = wanted.poll()) {
            if (!objects.containsKey(name) && !values.containsKey(name)) {
                define(name);
            }
        }
        Stream.of("objects", "values")
                .flatMap(section -> overlay.path(section).propertyNames().stream())
                .filter(name -> !objects.containsKey(name) && !values.containsKey(name))
                .filter(name -> !overlay.path("objects").path(name).has("handwritten"))
                .forEach(this::define);
        return new Model(List.copyOf(objects.values()), List.copyOf(values.values()), events);
    }

    private void claim(Map<String, String> names, String schema, String name) {
        if (!schemas.has(schema)) {
            throw new IllegalArgumentException("overlay, " + name + ": the description has no schema " + schema);
        }
        if (names.putIfAbsent(schema, name) != null) {
            throw new IllegalArgumentException("overlay: " + schema + " is claimed twice, by " + name);
        }
    }

    private Model.Event event(String name, JsonNode event) {
        String doc = event.path("doc").asString();
        List<Model.Field> fields = new ArrayList<>();
        Optional<String> wraps = event.path("wraps").asStringOpt();
        wraps.ifPresent(this::want);
        event.path("fields").forEachEntry((key, type) -> fields.add(overlayField(name, key, type)));
        List<String> guild = new ArrayList<>();
        if (event.has("guild")) {
            guild.addAll(List.of(event.path("guild").asString().split("\\.")));
        } else if (wraps.isPresent() && hasGuildId(wraps.get())) {
            guild.add("guild_id");
        }
        String component = event.path("as").asString(Names.lowerFirst(wraps.orElse(name)));
        return new Model.Event(name, doc, wraps, component, fields, guild);
    }

    private boolean hasGuildId(String object) {
        return overlay.path("objects").path(object).path("fields").has("guild_id")
                || overlay.path("objects")
                        .path(object)
                        .path("spec")
                        .valueStream()
                        .anyMatch(schema -> properties(schema.asString()).has("guild_id"));
    }

    private void define(String name) {
        JsonNode object = overlay.path("objects").path(name);
        JsonNode value = overlay.path("values").path(name);
        if (object.has("handwritten")) {
            return;
        }
        if (!object.isMissingNode()) {
            objects.put(name, object(name, object));
        } else if (!value.isMissingNode()) {
            values.put(name, valueSet(name, value));
        } else {
            throw new IllegalArgumentException("overlay: nothing is called " + name);
        }
    }

    private Model.ObjectRecord object(String name, JsonNode object) {
        Map<String, Model.Field> fields = new LinkedHashMap<>();
        JsonNode own = object.path("fields");
        for (JsonNode schema : object.path("spec")) {
            properties(schema.asString()).forEachEntry((key, property) -> {
                String doc = property.path("description").asString("");
                if (own.has(key)) {
                    fields.putIfAbsent(key, overlayField(name, key, own.path(key), doc));
                    return;
                }
                String type = type(name + "." + key, key, property);
                Model.Field before = fields.putIfAbsent(key, new Model.Field(key, type, doc));
                if (before != null && !before.type().equals(type)) {
                    throw new IllegalArgumentException("overlay must decide the type of " + name + "." + key + ": "
                            + before.type() + " or " + type + " (" + schema.asString() + ")");
                }
            });
        }
        own.forEachEntry((key, type) -> fields.putIfAbsent(key, overlayField(name, key, type)));
        return new Model.ObjectRecord(name, object.path("doc").asString(), List.copyOf(fields.values()));
    }

    private Model.ValueSet valueSet(String name, JsonNode value) {
        JsonNode schema = schemas.path(value.path("spec").asString(""));
        Map<String, Model.Constant> constants = new LinkedHashMap<>();
        List<JsonNode> literals = new ArrayList<>();
        for (JsonNode option : schema.path("oneOf")) {
            String constant = Names.constant(option.path("title").asString());
            String doc = option.path("description").asString("");
            literals.add(option.path("const"));
            constants.put(constant, new Model.Constant(constant, literal(option.path("const")), doc));
        }
        value.path("constants").forEachEntry((constant, own) -> {
            literals.add(own);
            if (constants.put(constant, new Model.Constant(constant, literal(own), "")) != null) {
                throw new IllegalArgumentException("the description has " + name + "." + constant + " by now");
            }
        });
        boolean number = literals.stream().allMatch(JsonNode::isIntegralNumber);
        String doc = value.path("doc").asString(schema.path("description").asString(""));
        return new Model.ValueSet(name, doc, number, List.copyOf(constants.values()));
    }

    private static String literal(JsonNode value) {
        return value.isIntegralNumber() ? value.asString() : '"' + value.asString() + '"';
    }

    private JsonNode properties(String schema) {
        return schemas.path(schema).path("properties");
    }

    private Model.Field overlayField(String owner, String key, JsonNode type) {
        return overlayField(owner, key, type, "");
    }

    private Model.Field overlayField(String owner, String key, JsonNode type, String doc) {
        Matcher matcher = TYPE.matcher(type.asString());
        if (!matcher.matches()) {
            throw new IllegalArgumentException("overlay, " + owner + "." + key + ": no type: " + type);
        }
        want(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
        return new Model.Field(key, type.asString(), doc);
    }

    private void want(String type) {
        if (!BUILT_IN.contains(type)) {
            wanted.add(type);
        }
    }

    /** Our type of a schema of the description. */
    private String type(String where, String key, JsonNode schema) {
        if (schema.has("$ref")) {
            return referred(where, schema.path("$ref").asString());
        }
        if (schema.has("allOf")) {
            return type(where, key, schema.path("allOf").path(0));
        }
        if (schema.has("oneOf")) {
            Set<String> types = new LinkedHashSet<>();
            for (JsonNode option : schema.path("oneOf")) {
                if (!option.path("type").asString("").equals("null")) {
                    types.add(type(where, key, option));
                }
            }
            if (types.size() != 1) {
                throw new IllegalArgumentException("overlay must decide the type of " + where + ": " + types);
            }
            return types.iterator().next();
        }
        return switch (plainType(schema)) {
            case "string" -> string(key, schema);
            case "integer" -> "Long";
            case "number" -> "Double";
            case "boolean" -> "Boolean";
            case "array" -> type(where, key, schema.path("items")) + "[]";
            case "object" -> "Map<String, " + type(where, key, schema.path("additionalProperties")) + ">";
            case "" -> "Object";
            default -> throw new IllegalArgumentException("overlay must decide the type of " + where + ": " + schema);
        };
    }

    /** The one type beside null. */
    private static String plainType(JsonNode schema) {
        JsonNode type = schema.path("type");
        if (!type.isArray()) {
            return type.asString("");
        }
        return type.valueStream()
                .map(JsonNode::asString)
                .filter(name -> !name.equals("null"))
                .reduce((first, second) -> "several")
                .orElse("");
    }

    private String string(String key, JsonNode schema) {
        if (permissionFields.contains(key)) {
            return "Permissions";
        }
        return schema.path("format").asString("").equals("date-time") ? "Timestamp" : "String";
    }

    private String referred(String where, String reference) {
        String schema = reference.substring(reference.lastIndexOf('/') + 1);
        if (schema.equals("SnowflakeType")) {
            return "Snowflake";
        }
        JsonNode target = schemas.path(schema);
        if (target.has("properties")) {
            return wantNamed(objectNames, "objects", where, schema);
        }
        boolean named = target.path("oneOf").valueStream().anyMatch(option -> option.has("const"));
        if (named) {
            return wantNamed(valueNames, "values", where, schema);
        }
        return type(where, "", target);
    }

    private String wantNamed(Map<String, String> names, String section, String where, String schema) {
        String name = names.get(schema);
        if (name == null) {
            throw new IllegalArgumentException(
                    "overlay must name " + schema + " (of " + where + ") under \"" + section + "\"");
        }
        want(name);
        return name;
    }
}
