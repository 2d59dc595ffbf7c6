package dev.shardline.gateway.app;

import org.jspecify.annotations.Nullable;

/** A value that the gateway cannot start with. The message says which, and how to mend it; it never holds a secret. */
public class ConfigurationProblem extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final String property;
    private final String mend;

    /**
     * A problem with one property.
     *
     * @param property the property as written in a configuration file
     * @param problem what is wrong, with the value unless it is a secret
     * @param mend what to do about it
     */
    public ConfigurationProblem(String property, String problem, String mend) {
        this(property, problem, mend, null);
    }

    /** As above, with the failure that revealed it. */
    public ConfigurationProblem(String property, String problem, String mend, @Nullable Throwable cause) {
        super(property + ": " + problem, cause);
        this.property = property;
        this.mend = mend;
    }

    /** The property as written in a configuration file. */
    public String property() {
        return property;
    }

    /** What to do about it. */
    public String mend() {
        return mend;
    }
}
