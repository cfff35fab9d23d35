package dev.datapipeline.dataset.ingest.workbook;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.Set;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/** Walks over the elements of one part of a workbook, by their names without namespace. Not thread-safe. */
final class XmlCursor implements Closeable {
    private static final int MOST_DEPTH = 64;
    /** The parser keeps every name that it has seen. */
    private static final int MOST_NAMES = 2_000;

    private final String part;
    private final InputStream source;
    private final XMLStreamReader reader;
    private final int longest;
    private final Set<String> names = new HashSet<>();
    private int depth;

    /** @param longest bytes of a tag, and characters of a text */
    XmlCursor(String part, InputStream source, int longest) {
        this.part = part;
        this.source = source;
        this.longest = longest;
        try {
            reader = factory().createXMLStreamReader(new XmlGuard(part, source, longest), "UTF-8");
        } catch (XMLStreamException broken) {
            throw invalid();
        }
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, false);
        return factory;
    }

    /** Moves to the next beginning or end of an element; false after the last one. */
    boolean next() {
        while (true) {
            switch (event()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    enter();
                    return true;
                }
                case XMLStreamConstants.END_ELEMENT -> {
                    depth--;
                    return true;
                }
                case XMLStreamConstants.END_DOCUMENT -> {
                    return false;
                }
                default -> {
                    // Text between elements.
                }
            }
        }
    }

    private int event() {
        try {
            return reader.hasNext() ? reader.next() : XMLStreamConstants.END_DOCUMENT;
        } catch (XMLStreamException broken) {
            throw invalid();
        }
    }

    private void enter() {
        depth++;
        names.add(reader.getLocalName());
        for (int index = 0; index < reader.getAttributeCount(); index++) {
            names.add(reader.getAttributeLocalName(index));
        }
        for (int index = 0; index < reader.getNamespaceCount(); index++) {
            names.add(String.valueOf(reader.getNamespacePrefix(index)));
            names.add(String.valueOf(reader.getNamespaceURI(index)));
        }
        if (depth > MOST_DEPTH || names.size() > MOST_NAMES) {
            throw WorkbookProblem.invalidPart(part, "is nested too deeply or has too many names");
        }
    }

    boolean isStart(String name) {
        return reader.isStartElement() && reader.getLocalName().equals(name);
    }

    boolean isEnd(String name) {
        return reader.isEndElement() && reader.getLocalName().equals(name);
    }

    /** Of the element that begins here; null when it has none of this name. */
    @Nullable
    String attribute(String name) {
        for (int index = 0; index < reader.getAttributeCount(); index++) {
            if (reader.getAttributeLocalName(index).equals(name)) {
                return reader.getAttributeValue(index);
            }
        }
        return null;
    }

    /** An attribute with this namespace around its name, such as the id of a relationship. */
    @Nullable
    String prefixedAttribute(String name) {
        for (int index = 0; index < reader.getAttributeCount(); index++) {
            boolean isPrefixed =
                    !String.valueOf(reader.getAttributePrefix(index)).isEmpty();
            if (isPrefixed && reader.getAttributeLocalName(index).equals(name)) {
                return reader.getAttributeValue(index);
            }
        }
        return null;
    }

    /** Appends the text of the element that begins here, and moves to its end. */
    void text(StringBuilder target) {
        int outside = depth - 1;
        while (depth > outside) {
            switch (event()) {
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.SPACE -> append(target);
                case XMLStreamConstants.START_ELEMENT -> enter();
                case XMLStreamConstants.END_ELEMENT -> depth--;
                case XMLStreamConstants.END_DOCUMENT -> throw invalid();
                default -> {
                    // Nothing else is text.
                }
            }
        }
    }

    private void append(StringBuilder target) {
        target.append(reader.getTextCharacters(), reader.getTextStart(), reader.getTextLength());
        if (target.length() > longest) {
            throw WorkbookProblem.invalidPart(part, "has a text of more than %,d characters".formatted(longest));
        }
    }

    /** Moves to the end of the element that begins here. */
    void skip() {
        int outside = depth - 1;
        while (depth > outside) {
            if (!next()) {
                throw invalid();
            }
        }
    }

    private RuntimeException invalid() {
        return WorkbookProblem.invalidPart(part, "is no sound XML in UTF-8");
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
