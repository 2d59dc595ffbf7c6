package dev.shardline.discord;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How generated records take what is not as documented.
 *
 * <p>Public because they stand in several packages; not of use to others.
 */
public final class Lenient {
    private Lenient() {}

    /**
     * A copy of the list without nulls, which stand where Discord sent something that cannot be read as the
     * element's type; null stays null.
     */
    public static <T> @Nullable List<T> present(@Nullable List<T> list) {
        if (list == null) {
            return null;
        }
        List<T> present = list;
        for (T element : list) {
            if (element == null) {
                present = new ArrayList<>(list);
                present.removeIf(Objects::isNull);
                break;
            }
        }
        return List.copyOf(present);
    }

    /** A copy of the map, in its order, without null keys and values; null stays null. */
    public static <K, V> @Nullable Map<K, V> present(@Nullable Map<K, V> map) {
        if (map == null) {
            return null;
        }
        Map<K, V> present = new LinkedHashMap<>(map);
        present.entrySet().removeIf(entry -> entry.getKey() == null || entry.getValue() == null);
        return Collections.unmodifiableMap(present);
    }

    /** The number that {@code text} says, or null if it says none that fits in an int. */
    public static @Nullable Integer number(String text) {
        try {
            return Integer.valueOf(text);
        } catch (NumberFormatException notANumber) {
            return null;
        }
    }
}
