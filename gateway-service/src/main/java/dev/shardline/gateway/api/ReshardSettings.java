package dev.shardline.gateway.api;

/** When the shard count counts as too small; a change has it judged anew at once. */
public interface ReshardSettings extends RuntimeSettings {}
