package dev.shardline.gateway.api;

/** What of the event filter can be changed while the gateway runs; a change holds for events that come in after it. */
public interface EventFilterSettings extends RuntimeSettings {}
