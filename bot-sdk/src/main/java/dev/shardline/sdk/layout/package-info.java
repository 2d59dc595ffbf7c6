/**
 * How a group changes its number of partitions without loss or reorder. Not API.
 *
 * <p>Decides only; imports the contract.
 */
@NullMarked
package dev.shardline.sdk.layout;

import org.jspecify.annotations.NullMarked;
