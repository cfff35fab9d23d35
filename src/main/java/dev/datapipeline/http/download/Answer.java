package dev.datapipeline.http.download;

import java.io.IOException;
import java.io.OutputStream;

public interface Answer {
    /** @param client may go at any time; work that writes nothing for long has to look whether it did */
    void write(OutputStream target, Client client) throws IOException;
}
