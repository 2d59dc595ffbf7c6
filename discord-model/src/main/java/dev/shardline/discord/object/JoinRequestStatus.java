package dev.shardline.discord.object;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Objects;
import javax.annotation.processing.Generated;

/** A value of Discord's. Holds any value: the constants are those known today. */
@Generated("dev.shardline.discord.generator")
public record JoinRequestStatus(@JsonValue String value) {
    /** Applicant started but not yet submitted join request */
    public static final JoinRequestStatus STARTED = new JoinRequestStatus("STARTED");

    /** Applicant submitted join request that is awaiting review */
    public static final JoinRequestStatus SUBMITTED = new JoinRequestStatus("SUBMITTED");

    /** Join request rejected */
    public static final JoinRequestStatus REJECTED = new JoinRequestStatus("REJECTED");

    /** Join request approved */
    public static final JoinRequestStatus APPROVED = new JoinRequestStatus("APPROVED");

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public JoinRequestStatus {
        Objects.requireNonNull(value, "value");
    }
}
