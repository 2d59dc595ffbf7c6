package dev.shardline.simulator.rest;

import java.time.Duration;

/**
 * One POST to /interactions/{id}/{token}/callback.
 *
 * @param interactionId the interaction
 * @param type the callback type, -1 when the body had none
 * @param body the request's body
 * @param latency from the dispatch of INTERACTION_CREATE to this request; zero when the interaction is unknown
 * @param status the HTTP status it got
 * @param code Discord's error code, 0 when it was accepted
 */
public record InteractionCallback(
        String interactionId, int type, String body, Duration latency, int status, int code) {}
