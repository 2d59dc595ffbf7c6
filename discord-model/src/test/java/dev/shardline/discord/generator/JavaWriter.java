package dev.shardline.discord.generator;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Writes a model as Java sources. The last word on spaces and line breaks has the formatter of the build. */
final class JavaWriter {
    /** Marks a file as ours to overwrite and delete. */
    static final String MARK = "@Generated(\"dev.shardline.discord.generator\")";

    private static final int WIDTH = 120;
    private static final String ROOT = "dev.shardline.discord";
    private static final Set<String> JAVA_LANG = Set.of("String", "Long", "Double", "Boolean", "Object");
    private static final Set<String> ROOT_TYPES = Set.of("Snowflake", "Timestamp", "Permissions");

    private final Model model;
    private final Map<String, String> sources = new TreeMap<>();

    private JavaWriter(Model model) {
        this.model = model;
    }

    /** Sources by their path below the source root. */
    static Map<String, String> write(Model model) {
        return new JavaWriter(model).write();
    }

    private Map<String, String> write() {
        model.objects().forEach(this::object);
        model.values().forEach(this::valueSet);
        model.events().forEach(this::event);
        registry();
        return sources;
    }

    private void object(Model.ObjectRecord object) {
        Source source = new Source(ROOT + ".object");
        source.javadoc(object.doc(), paramDocs(object.fields()));
        source.recordAnnotations();
        String canonical = canonical(source, object.name(), object.fields());
        source.header(object.name(), components(source, object.fields()), "", canonical.isEmpty());
        if (!canonical.isEmpty()) {
            source.line(canonical.stripTrailing());
            source.line("}");
        }
        put(source, object.name());
    }

    private void event(Model.Event event) {
        Source source = new Source(ROOT + ".event");
        source.use(ROOT + ".GatewayEvent");
        String name = Names.type(event.name());
        String intro = event.doc() + " See Discord Docs/Gateway Events, " + event.name() + ".";
        if (event.wraps().isPresent()) {
            String type = event.wraps().get();
            source.javadoc(intro, List.of());
            source.line(MARK);
            source.use("com.fasterxml.jackson.annotation.JsonValue");
            source.type(type);
            String component = "@JsonValue " + type + " " + event.component();
            source.header(name, List.of(component), " implements GatewayEvent", false);
        } else {
            source.javadoc(intro, paramDocs(event.fields()));
            source.recordAnnotations();
            source.header(name, components(source, event.fields()), " implements GatewayEvent", false);
        }
        source.line("    /** Discord's name of the event. */");
        source.line("    public static final String NAME = \"" + event.name() + "\";");
        source.line("");
        if (event.wraps().isPresent()) {
            source.use("com.fasterxml.jackson.annotation.JsonCreator");
            source.use("java.util.Objects");
            source.line("    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)");
            source.line("    public " + name + " {");
            source.line("        Objects.requireNonNull(" + event.component() + ", \"" + event.component() + "\");");
            source.line("    }");
            source.line("");
        } else {
            String canonical = canonical(source, name, event.fields());
            if (!canonical.isEmpty()) {
                source.line(canonical);
            }
        }
        source.line("    @Override");
        source.line("    public String eventName() {");
        source.line("        return NAME;");
        source.line("    }");
        if (!event.guild().isEmpty()) {
            source.type("Snowflake");
            source.use("org.jspecify.annotations.Nullable");
            source.line("");
            source.line("    @Override");
            source.line("    public @Nullable Snowflake guildId() {");
            source.line("        return " + guildExpression(event) + ";");
            source.line("    }");
        }
        source.line("}");
        put(source, name);
    }

    private static String guildExpression(Model.Event event) {
        String last = Names.component(event.guild().get(event.guild().size() - 1));
        if (event.wraps().isPresent()) {
            return event.component() + "." + last + "()";
        }
        if (event.guild().size() == 1) {
            return last;
        }
        String first = Names.component(event.guild().get(0));
        return first + " == null ? null : " + first + "." + last + "()";
    }

    private void valueSet(Model.ValueSet set) {
        Source source = new Source(ROOT + ".object");
        String name = set.name();
        source.use("com.fasterxml.jackson.annotation.JsonCreator");
        source.use("com.fasterxml.jackson.annotation.JsonValue");
        String doc = set.doc().isEmpty() ? "A value of Discord's." : set.doc();
        source.javadoc(doc + " Holds any value: the constants are those known today.", List.of());
        source.line(MARK);
        source.header(name, List.of("@JsonValue " + (set.number() ? "int" : "String") + " value"), "", false);
        for (Model.Constant constant : set.constants()) {
            if (!constant.doc().isEmpty()) {
                source.indentedJavadoc(constant.doc());
            }
            String declaration = "    public static final " + name + " " + constant.name() + " = new " + name + "("
                    + constant.value() + ");";
            if (declaration.length() <= WIDTH) {
                source.line(declaration);
            } else {
                int split = declaration.indexOf(" new ");
                source.line(declaration.substring(0, split));
                source.line("           " + declaration.substring(split));
            }
            if (!constant.doc().isEmpty()) {
                source.line("");
            }
        }
        if (!source.endsWithBlankLine()) {
            source.line("");
        }
        String creator = "    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)";
        if (set.number()) {
            source.use("org.jspecify.annotations.Nullable");
            source.use(ROOT + ".Lenient");
            source.line(creator);
            source.line("    static @Nullable " + name + " fromJson(long number) {");
            source.line("        return number == (int) number ? new " + name + "((int) number) : null;");
            source.line("    }");
            source.line("");
            source.line(creator);
            source.line("    static @Nullable " + name + " fromJson(String text) {");
            source.line("        Integer number = Lenient.number(text);");
            source.line("        return number == null ? null : new " + name + "(number);");
            source.line("    }");
        } else {
            source.use("java.util.Objects");
            source.line(creator);
            source.line("    public " + name + " {");
            source.line("        Objects.requireNonNull(value, \"value\");");
            source.line("    }");
        }
        source.line("}");
        put(source, name);
    }

    private void registry() {
        Source source = new Source(ROOT + ".event");
        source.use(ROOT + ".GatewayEvent");
        source.use("java.util.Map");
        source.use("java.util.Optional");
        source.use("java.util.stream.Collectors");
        source.javadoc("Which record belongs to which event.", List.of());
        source.line(MARK);
        source.line("public final class GatewayEvents {");
        source.line("    private static final Map<String, Class<? extends GatewayEvent>> TYPES = Map.ofEntries(");
        List<String> names = new ArrayList<>();
        model.events().forEach(event -> names.add(event.name()));
        names.sort(null);
        for (int i = 0; i < names.size(); i++) {
            String type = Names.type(names.get(i));
            source.line("            Map.entry(" + type + ".NAME, " + type + ".class)"
                    + (i == names.size() - 1 ? ");" : ","));
        }
        source.line("");
        source.line("    private static final Map<Class<? extends GatewayEvent>, String> NAMES =");
        source.line(
                "            TYPES.entrySet().stream().collect(Collectors.toUnmodifiableMap(Map.Entry::getValue, Map.Entry::getKey));");
        source.line("");
        source.line("    private GatewayEvents() {}");
        source.line("");
        source.line("    /** All events that have a record, by their names. */");
        source.line("    public static Map<String, Class<? extends GatewayEvent>> all() {");
        source.line("        return TYPES;");
        source.line("    }");
        source.line("");
        source.line("    /** The record of the event with this name; none if this version does not know it. */");
        source.line("    public static Optional<Class<? extends GatewayEvent>> typeOf(String eventName) {");
        source.line("        return Optional.ofNullable(TYPES.get(eventName));");
        source.line("    }");
        source.line("");
        source.line("    /**");
        source.line("     * The name of the event that has this record.");
        source.line("     *");
        source.line("     * @throws IllegalArgumentException if it is not the record of one event");
        source.line("     */");
        source.line("    public static String nameOf(Class<? extends GatewayEvent> type) {");
        source.line("        String name = NAMES.get(type);");
        source.line("        if (name == null) {");
        source.line(
                "            throw new IllegalArgumentException(type.getName() + \" is not the record of one event\");");
        source.line("        }");
        source.line("        return name;");
        source.line("    }");
        source.line("}");
        put(source, "GatewayEvents");
    }

    private void put(Source source, String name) {
        sources.put(source.packageName.replace('.', '/') + "/" + name + ".java", source.text());
    }

    private static List<String> paramDocs(List<Model.Field> fields) {
        return fields.stream()
                .filter(field -> !field.doc().isEmpty())
                .map(field -> "@param " + Names.component(field.key()) + " " + escape(field.doc()))
                .toList();
    }

    private static List<String> components(Source source, List<Model.Field> fields) {
        return fields.stream().map(field -> component(source, field)).toList();
    }

    private static String component(Source source, Model.Field field) {
        source.use("org.jspecify.annotations.Nullable");
        String name = Names.component(field.key());
        String declaration = "@Nullable " + javaType(source, field.type()) + " " + name;
        if (name.equals(field.key())) {
            return declaration;
        }
        source.use("com.fasterxml.jackson.annotation.JsonProperty");
        return "@JsonProperty(\"" + field.key() + "\") " + declaration;
    }

    private static String javaType(Source source, String type) {
        if (type.endsWith("[]")) {
            source.use("java.util.List");
            return "List<" + javaType(source, type.substring(0, type.length() - 2)) + ">";
        }
        if (type.startsWith("Map<")) {
            source.use("java.util.Map");
            String[] arguments = type.substring(4, type.length() - 1).split(", ", -1);
            return "Map<" + javaType(source, arguments[0]) + ", " + javaType(source, arguments[1]) + ">";
        }
        source.type(type);
        return type;
    }

    /** The compact constructor, or nothing if there is nothing for it to do. */
    private static String canonical(Source source, String name, List<Model.Field> fields) {
        List<String> present = fields.stream()
                .filter(field -> field.type().endsWith("[]") || field.type().startsWith("Map<"))
                .map(field -> Names.component(field.key()))
                .toList();
        if (present.isEmpty() && fields.size() != 1) {
            return "";
        }
        StringBuilder text = new StringBuilder();
        if (fields.size() == 1) {
            source.use("com.fasterxml.jackson.annotation.JsonCreator");
            text.append("    @JsonCreator(mode = JsonCreator.Mode.PROPERTIES)\n");
        }
        if (present.isEmpty()) {
            return text.append("    public ").append(name).append(" {}\n").toString();
        }
        source.use(ROOT + ".Lenient");
        text.append("    public ").append(name).append(" {\n");
        present.forEach(field -> text.append("        " + field + " = Lenient.present(" + field + ");\n"));
        return text.append("    }\n").toString();
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("@", "&#64;")
                .replace("*/", "*&#47;")
                .replaceAll("\\s+", " ")
                .strip();
    }

    /** One file. */
    private static final class Source {
        private final String packageName;
        private final Set<String> imports = new TreeSet<>(Set.of("javax.annotation.processing.Generated"));
        private final List<String> body = new ArrayList<>();

        Source(String packageName) {
            this.packageName = packageName;
        }

        void use(String type) {
            if (!type.substring(0, type.lastIndexOf('.')).equals(packageName)) {
                imports.add(type);
            }
        }

        void type(String name) {
            if (ROOT_TYPES.contains(name)) {
                use(ROOT + "." + name);
            } else if (!JAVA_LANG.contains(name)) {
                use(ROOT + ".object." + name);
            }
        }

        void line(String line) {
            body.add(line);
        }

        boolean endsWithBlankLine() {
            return !body.isEmpty() && body.get(body.size() - 1).isEmpty();
        }

        void recordAnnotations() {
            use("com.fasterxml.jackson.annotation.JsonIgnoreProperties");
            use("com.fasterxml.jackson.annotation.JsonInclude");
            line(MARK);
            line("@JsonIgnoreProperties(ignoreUnknown = true)");
            line("@JsonInclude(JsonInclude.Include.NON_NULL)");
        }

        void javadoc(String intro, List<String> tags) {
            List<String> lines = new ArrayList<>(wrapped(escape(intro), " * ", " * "));
            if (!tags.isEmpty()) {
                lines.add(" *");
                tags.forEach(tag -> lines.addAll(wrapped(tag, " * ", " *     ")));
            }
            if (lines.size() == 1 && lines.get(0).length() + 5 <= WIDTH) {
                line("/**" + lines.get(0).substring(2) + " */");
                return;
            }
            line("/**");
            lines.forEach(this::line);
            line(" */");
        }

        void indentedJavadoc(String doc) {
            String single = "    /** " + escape(doc) + " */";
            if (single.length() <= WIDTH) {
                line(single);
                return;
            }
            line("    /**");
            wrapped(escape(doc), "     * ", "     * ").forEach(this::line);
            line("     */");
        }

        private static List<String> wrapped(String text, String first, String next) {
            List<String> lines = new ArrayList<>();
            StringBuilder line = new StringBuilder(first);
            boolean empty = true;
            for (String word : text.split(" ", -1)) {
                if (!empty && line.length() + 1 + word.length() > WIDTH) {
                    lines.add(line.toString());
                    line = new StringBuilder(next);
                    empty = true;
                }
                line.append(empty ? "" : " ").append(word);
                empty = false;
            }
            lines.add(line.toString());
            return lines;
        }

        void header(String name, List<String> components, String suffix, boolean closed) {
            String end = ")" + suffix + (closed ? " {}" : " {");
            String start = "public record " + name + "(";
            String all = String.join(", ", components);
            if (start.length() + all.length() + end.length() <= WIDTH) {
                line(start + all + end);
                return;
            }
            line(start);
            line(components.stream().collect(Collectors.joining(",\n        ", "        ", end)));
        }

        String text() {
            return "package " + packageName + ";\n\n"
                    + imports.stream().map(type -> "import " + type + ";\n").collect(Collectors.joining())
                    + "\n"
                    + String.join("\n", body)
                    + "\n";
        }
    }
}
