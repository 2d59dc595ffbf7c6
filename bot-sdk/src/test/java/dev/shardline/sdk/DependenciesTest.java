package dev.shardline.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** What a plain bot gets with the jar. {@link ArchitectureTest} keeps the optional rest in the Spring package. */
class DependenciesTest {
    @Test
    void aPlainBotGetsTheClientJacksonAndLoggingOnly() throws Exception {
        NodeList dependencies = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(Path.of("pom.xml").toFile())
                .getElementsByTagName("dependency");
        List<String> required = new ArrayList<>();
        for (int i = 0; i < dependencies.getLength(); i++) {
            Element dependency = (Element) dependencies.item(i);
            boolean ofTheProject =
                    dependency.getParentNode().getParentNode().getNodeName().equals("project");
            if (ofTheProject
                    && text(dependency, "scope").isEmpty()
                    && text(dependency, "optional").isEmpty()) {
                required.add(text(dependency, "artifactId"));
            }
        }
        assertThat(required)
                .containsExactlyInAnyOrder(
                        "shared-model", "discord-model", "amqp-client", "slf4j-api", "jackson-databind");
    }

    private static String text(Element element, String name) {
        NodeList found = element.getElementsByTagName(name);
        return found.getLength() == 0 ? "" : found.item(0).getTextContent();
    }
}
