package dev.shardline.examples.moderation;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** How do I write a bot with Spring Boot? */
@SpringBootApplication
public class ModerationBot {
    /** Runs until it is stopped. */
    public static void main(String[] args) {
        SpringApplication application = new SpringApplication(ModerationBot.class);
        application.setAdditionalProfiles("moderation");
        application.run(args);
    }
}
