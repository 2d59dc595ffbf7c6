package dev.shardline.simulator.rest;

/**
 * A request to the REST API.
 *
 * @param method GET, POST …
 * @param path the path without {@code /api/v10}
 * @param body the body as text
 * @param status the HTTP status it got
 */
public record RestCall(String method, String path, String body, int status) {}
