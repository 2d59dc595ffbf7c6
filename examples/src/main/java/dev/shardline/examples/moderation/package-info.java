/** A Spring Boot bot with retries and a dead queue. */
@NullMarked
package dev.shardline.examples.moderation;

import org.jspecify.annotations.NullMarked;
