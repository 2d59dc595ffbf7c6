package dev.shardline.simulator.net;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A growing byte array that is written at the end and read from the front. Confined to the reactor's thread. */
public final class Bytes {
    private static final int KEEP = 256 * 1024;
    private byte[] array;
    private int start;
    private int end;

    public Bytes(int capacity) {
        array = new byte[capacity];
    }

    public byte[] array() {
        return array;
    }

    /** Index of the first unread byte. */
    public int start() {
        return start;
    }

    /** Index after the last byte. */
    public int end() {
        return end;
    }

    public int size() {
        return end - start;
    }

    /** Forgets the first {@code count} bytes; an empty buffer also gives back memory that a large message took. */
    public void skip(int count) {
        start += count;
        if (start == end) {
            clear();
        }
    }

    public void clear() {
        start = 0;
        end = 0;
        if (array.length > KEEP) {
            array = new byte[KEEP / 8];
        }
    }

    /** Makes room for {@code count} more bytes at {@link #end()}. */
    public void reserve(int count) {
        if (array.length - end >= count) {
            return;
        }
        int size = size();
        if (start > 0 && array.length - size >= count && size <= array.length / 2) {
            System.arraycopy(array, start, array, 0, size);
        } else {
            byte[] larger = new byte[Math.max(Math.addExact(size, count), array.length * 2)];
            System.arraycopy(array, start, larger, 0, size);
            array = larger;
        }
        start = 0;
        end = size;
    }

    /** Declares that {@code count} bytes were written at {@link #end()} by somebody else. */
    public void grow(int count) {
        end += count;
    }

    public Bytes put(int value) {
        reserve(1);
        array[end++] = (byte) value;
        return this;
    }

    public Bytes put(byte[] source) {
        return put(source, 0, source.length);
    }

    public Bytes put(byte[] source, int from, int length) {
        reserve(length);
        System.arraycopy(source, from, array, end, length);
        end += length;
        return this;
    }

    /** Writes a number in decimal without making a string. */
    public Bytes putDecimal(long value) {
        if (value < 0) {
            return put(Long.toUnsignedString(value).getBytes(StandardCharsets.US_ASCII));
        }
        int digits = 1;
        for (long rest = value / 10; rest > 0; rest /= 10) {
            digits++;
        }
        reserve(digits);
        long rest = value;
        for (int i = end + digits - 1; i >= end; i--) {
            array[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        end += digits;
        return this;
    }

    public byte[] toByteArray() {
        return Arrays.copyOfRange(array, start, end);
    }
}
