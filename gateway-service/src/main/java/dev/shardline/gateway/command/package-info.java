/**
 * Takes commands from the broker, does them, and answers.
 *
 * <p>{@code CommandConsumer} speaks AMQP, {@code CommandRunner} decides what becomes of a command, one
 * {@code CommandHandler} per type does it. Everything between broker and shards happens on one thread, the
 * {@code CommandLoop}. What is needed of the shards is the port {@link dev.shardline.gateway.command.CommandShards}, of
 * the cluster {@link dev.shardline.gateway.command.ClusterOperations}. Imports {@code shard}, the contract, the RabbitMQ
 * client and Micrometer.
 */
@NullMarked
package dev.shardline.gateway.command;

import org.jspecify.annotations.NullMarked;
