package dev.certkit.store.file;

import dev.certkit.store.file.FileLayout.Part;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The files of one name.
 *
 * @param files content by file name, also of what the layout has no place for now and keeps aside
 * @param published the names of those that the server is to see
 */
record Rendering(Map<String, byte[]> files, Set<String> published) {
    static Rendering of(Holding holding, String name, List<LayoutFile> layout, KeyForm form) {
        Map<Part, String> texts = new LinkedHashMap<>();
        for (Part part : Part.values()) {
            String pem = holding.pem(part, form);
            if (!pem.isEmpty()) {
                texts.put(part, pem);
            }
        }
        Rendering rendering = new Rendering(new LinkedHashMap<>(), new LinkedHashSet<>());
        Set<Part> homeless = EnumSet.copyOf(texts.keySet());
        for (LayoutFile file : layout) {
            if (!file.hasCertificate() || holding.chain().isPresent()) {
                homeless.removeAll(rendering.publish(file, name, texts) ? file.parts() : List.of());
            }
        }
        homeless.forEach(part -> rendering.put(part.asideOf(name), texts.getOrDefault(part, "")));
        return rendering;
    }

    private boolean publish(LayoutFile file, String name, Map<Part, String> texts) {
        StringBuilder text = new StringBuilder();
        file.parts().forEach(part -> text.append(texts.getOrDefault(part, "")));
        if (text.isEmpty()) {
            return false;
        }
        put(file.nameOf(name), text.toString());
        published.add(file.nameOf(name));
        return true;
    }

    private void put(String fileName, String text) {
        if (files.putIfAbsent(fileName, text.getBytes(StandardCharsets.US_ASCII)) != null) {
            throw new IllegalArgumentException(
                    "name: it gives two files of this layout the name " + fileName + "; choose another");
        }
    }
}
