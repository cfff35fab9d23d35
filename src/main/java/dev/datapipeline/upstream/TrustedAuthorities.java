package dev.datapipeline.upstream;

import io.vertx.core.net.TrustOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** The authorities that Java trusts, and those of files in the settings. */
final class TrustedAuthorities {
    private static final long LARGEST_FILE = 16L * 1024 * 1024;

    private TrustedAuthorities() {}

    /**
     * @param files with certificates (PEM)
     * @param setting that names the last one of them
     * @throws IllegalArgumentException naming the setting, when a file is none
     */
    static TrustOptions of(List<Path> files, String setting) {
        try {
            List<Certificate> authorities = new ArrayList<>(ofJava());
            for (Path file : files) {
                authorities.addAll(read(file, setting));
            }
            return TrustOptions.wrap(managers(authorities)[0]);
        } catch (GeneralSecurityException | IOException failure) {
            throw new IllegalStateException("the certificates that Java trusts cannot be read", failure);
        }
    }

    private static List<X509Certificate> ofJava() throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init((KeyStore) null);
        return factory.getTrustManagers()[0] instanceof X509TrustManager manager
                ? List.of(manager.getAcceptedIssuers())
                : List.of();
    }

    private static Collection<? extends Certificate> read(Path file, String setting) {
        try {
            if (Files.size(file) > LARGEST_FILE) {
                throw new IllegalArgumentException(setting + " is larger than 16 MB: " + file);
            }
            try (InputStream pem = Files.newInputStream(file)) {
                Collection<? extends Certificate> read =
                        CertificateFactory.getInstance("X.509").generateCertificates(pem);
                if (read.isEmpty()) {
                    throw new IllegalArgumentException(setting + " has no certificate in it: " + file);
                }
                return read;
            }
        } catch (IOException | GeneralSecurityException failure) {
            throw new IllegalArgumentException(
                    setting + " cannot be read, or is no file of certificates (PEM): " + file, failure);
        }
    }

    private static TrustManager[] managers(List<Certificate> authorities) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        for (int index = 0; index < authorities.size(); index++) {
            store.setCertificateEntry("authority-" + index, authorities.get(index));
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }
}
